import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import { mount } from 'svelte';
import './styles/app.css';
import App from './App.svelte';
import { createClient } from './api/create-client.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('the page has no element with id "app"');
mount(App, { target, props: { client: createClient(), desktop: window.pulse !== undefined } });

import manifest from '../../package.json' with { type: 'json' };

/** The version of the app, from its package. */
export const APP_VERSION: string = manifest.version;

/** Our own components use runes; the ones of libraries decide for themselves. */
const config = {
  compilerOptions: {
    runes: ({ filename }) => (filename.split(/[/\\]/).includes('node_modules') ? undefined : true),
  },
};

export default config;

/** Matches every kind of test file beside the sources. */
export const SPECS = '\\.(spec|integration)\\.ts$';

/** Matches the tests that talk to real servers and files, which may use the clients of those directly. */
export const INTEGRATIONS = '\\.integration\\.ts$';

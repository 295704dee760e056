// Everything a web test needs from the harness.
export * from './accessibility.mjs';
export * from './chat.mjs';
export * from './browser.mjs';
export * from './paths.mjs';
export * from './screenshots.mjs';
export * from './scripted_service.mjs';
export * from './service.mjs';
export * from './until.mjs';

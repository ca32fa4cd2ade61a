// The settings of every window: nothing that moves by itself, asks, or is fetched from elsewhere.

export const SETTINGS = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.banner': 'never',
  'security.workspace.trust.startupPrompt': 'never',
  'editor.minimap.enabled': false,
  'editor.scrollBeyondLastLine': false,
  'window.commandCenter': false,
  // A browser's editor saves by itself unless it is told not to.
  'files.autoSave': 'off',
};

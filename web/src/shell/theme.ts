// Light or dark: as the system has it, until the user chooses.

const KEY = 'provable.theme';
type Theme = 'light' | 'dark';

const system = matchMedia('(prefers-color-scheme: dark)');

function chosen(): Theme | undefined {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : undefined;
}

export function currentTheme(): Theme {
  return chosen() ?? (system.matches ? 'dark' : 'light');
}

/** Shows the theme, and follows the system. The button changes to the other one. */
export function startTheme(toggle: HTMLButtonElement): void {
  const show = (): void => {
    const theme = currentTheme();
    document.documentElement.dataset['theme'] = theme;
    toggle.setAttribute('aria-pressed', String(theme === 'dark'));
  };
  toggle.addEventListener('click', () => {
    const other: Theme = currentTheme() === 'dark' ? 'light' : 'dark';
    // Who chooses what the system has follows the system again.
    if ((other === 'dark') === system.matches) {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, other);
    }
    show();
  });
  system.addEventListener('change', show);
  show();
}

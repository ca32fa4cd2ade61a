// Tabs as the ARIA Authoring Practices have them: arrow keys move between tabs, and the one with the focus is shown.

export class Tabs {
  private readonly tabs: HTMLButtonElement[];

  constructor(list: HTMLElement) {
    this.tabs = [...list.querySelectorAll<HTMLButtonElement>('[role=tab]')];
    list.addEventListener('keydown', (event) => {
      const at = this.tabs.findIndex((tab) => tab === document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: this.tabs.length - 1 }[event.key];
      const tab = to === undefined ? undefined : this.tabs.at(to % this.tabs.length);
      if (at >= 0 && tab !== undefined) {
        event.preventDefault();
        this.select(tab);
        tab.focus();
      }
    });
    for (const tab of this.tabs) {
      tab.addEventListener('click', () => this.select(tab));
    }
  }

  /** Shows a panel, by the id of its tab. The focus stays where it is. */
  show(id: string): void {
    const tab = this.tabs.find((one) => one.id === id);
    if (tab !== undefined) {
      this.select(tab);
      document.getElementById(tab.getAttribute('aria-controls') ?? '')?.scrollTo(0, 0);
      // On a narrow page the panels are under the program.
      if (matchMedia('(max-width: 820px)').matches) {
        tab.scrollIntoView({ block: 'nearest' });
      }
    }
  }

  private select(selected: HTMLButtonElement): void {
    for (const tab of this.tabs) {
      const isSelected = tab === selected;
      tab.setAttribute('aria-selected', String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel !== null) {
        panel.hidden = !isSelected;
      }
    }
  }
}

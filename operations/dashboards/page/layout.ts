import type { DashboardDocument } from "./documents.ts";
import type { GridPosition, PanelDocument } from "./panel-documents.ts";

export const COLUMNS = 24;

export interface Placed {
  panel: PanelDocument;
  /** Within its section: columns and rows from 1, as CSS counts them. */
  column: string;
  row: string;
}

/** A row with what lies below it; panels before the first row have a section without a title. */
export interface Section {
  title: string | undefined;
  collapsed: boolean;
  panels: Placed[];
}

const DEFAULT: GridPosition = { x: 0, y: 0, w: 12, h: 8 };

/** The dashboard's sections in the order of the grid. */
export function sections({ panels = [] }: Pick<DashboardDocument, "panels">): Section[] {
  const ordered = [...panels].sort((left, right) => at(left).y - at(right).y || at(left).x - at(right).x);
  const found: { title: string | undefined; collapsed: boolean; panels: PanelDocument[] }[] = [{ title: undefined, collapsed: false, panels: [] }];
  for (const panel of ordered) {
    if (panel.type === "row") found.push({ title: panel.title ?? "", collapsed: panel.collapsed ?? false, panels: [...(panel.panels ?? [])] });
    else found.at(-1)?.panels.push(panel);
  }
  return found.filter(({ panels: own, title }) => title !== undefined || own.length > 0).map((section) => ({ ...section, panels: placed(section.panels) }));
}

function placed(panels: readonly PanelDocument[]): Placed[] {
  const top = Math.min(...panels.map((panel) => at(panel).y));
  return panels.map((panel) => {
    const { x, y, w, h } = at(panel);
    const width = Math.min(w, COLUMNS - x);
    return { panel, column: `${x + 1} / span ${width}`, row: `${y - top + 1} / span ${h}` };
  });
}

function at({ gridPos }: PanelDocument): GridPosition {
  return gridPos ?? DEFAULT;
}

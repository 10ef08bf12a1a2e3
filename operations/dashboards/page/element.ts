type Child = Node | string;

/** Makes an element. Text is always text: nothing that a metric says becomes markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Readonly<Record<string, string>> = {}, ...children: Child[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Makes a drawing's element. */
export function drawing<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Readonly<Record<string, string>> = {}, ...children: Child[]): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A choice with a visible name. */
export function choice(label: string, options: readonly { value: string; text: string }[], selected: readonly string[], change: (values: string[]) => void, several = false): HTMLElement {
  const select = element("select", several ? { multiple: "", size: "4" } : {}, ...options.map(({ text, value }) => element("option", { value, ...(selected.includes(value) ? { selected: "" } : {}) }, text)));
  select.addEventListener("change", () => change([...select.selectedOptions].map(({ value }) => value)));
  return element("label", { class: "choice" }, element("span", {}, label), select);
}

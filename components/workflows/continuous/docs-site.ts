import { configFile } from "../community/config-file.ts";
import type { Repository } from "../kit/index.ts";

/** A site with search, pages of the API out of the code, and their navigation by itself. */
export interface Site {
  /** Its title. */
  name: string;
  /** Where it will be found. */
  url: string;
  /** Folders of the Python packages whose API is shown. */
  packages: [string, ...string[]];
}

/** What the site is built with; Dependabot proposes newer ones. */
const requirements = ["mkdocs==1.6.1", "mkdocs-material==9.8.1", "mkdocstrings[python]==1.0.8", "mkdocs-api-autonav==0.4.0", "mike==2.2.0"];

/** `mkdocs.yml` and what it is built with. */
export function siteFiles({ name, url, packages }: Site, versioned: boolean, { owner, name: repository, defaultBranch }: Repository): Record<string, string> {
  const mkdocs = {
    site_name: name,
    site_url: url,
    repo_url: `https://github.com/${owner}/${repository}`,
    repo_name: `${owner}/${repository}`,
    edit_uri: `edit/${defaultBranch}/docs/`,
    theme: {
      name: "material",
      features: ["content.code.copy", "navigation.indexes", "navigation.instant", "navigation.sections", "search.highlight", "search.suggest"],
      palette: [
        { media: "(prefers-color-scheme: light)", scheme: "default", toggle: { icon: "material/brightness-7", name: "Switch to dark mode" } },
        { media: "(prefers-color-scheme: dark)", scheme: "slate", toggle: { icon: "material/brightness-4", name: "Switch to light mode" } },
      ],
    },
    plugins: [
      "search",
      { "api-autonav": { modules: packages, nav_section_title: "API" } },
      { mkdocstrings: { handlers: { python: { options: { docstring_section_style: "list", show_root_heading: true, show_source: false } } } } },
      ...(versioned ? [{ mike: { alias_type: "copy", canonical_version: "latest" } }] : []),
    ],
    markdown_extensions: ["admonition", "attr_list", { toc: { permalink: true } }, "pymdownx.superfences", { "pymdownx.tabbed": { alternate_style: true } }],
    exclude_docs: "requirements.txt",
    validation: { links: { absolute_links: "relative_to_docs", anchors: "warn", unrecognized_links: "warn" } },
    ...(versioned && { extra: { version: { provider: "mike", default: ["latest", "dev"] } } }),
  };
  return {
    "mkdocs.yml": configFile("The documentation's site: pages of docs/ in their order, then the API out of the code.", mkdocs),
    "docs/requirements.txt": `# What the documentation is built with.\n# Declared by a Slipway stack, which undoes edits made here.\n${requirements.join("\n")}\n`,
  };
}

/** Realistic texts; the first that fits an option's pattern stands for it. */
const candidates = [
  "shop", "checkout", "main", "release", "v1.2", "1.25", "1.26", "3.11", "3.12", "24", "22", "v2.5.0", "v1.1.4", "src", "docs/ROLLBACK_RUNBOOK.md", "docs/SECURITY.md", "ci.yml", "docs.yml",
  "https://shop.example.com/path", "https://registry.example.com", "http://localhost:8080/health", "SHOP_TOKEN", "SHOP_KEY", "maintainers", "acme/slipway", "acme/other", "mail.example.com", "smtp.example.com",
  "ci@example.com", "team@example.com", "0 6 * * *", "30 7 * * 1", "ubuntu-24.04", "windows-2025", "x-canary: always", "/healthz", "/readyz", "p/python", "p/javascript", "**/*.ts", "docs/**", "feat", "fix", "dev", "./cmd/shop", "shop.version",
  "src/shop/__init__.py", "rc", "beta", "bug", "enhancement", "MIT", "Apache-2.0", "pytest==8.4.2", "requests>=2", "GPL-3.0", "v", "shop-v", "Shop: all of it", "npm test", "npm run build", "Notes for people", "image.tag",
];

/** What fits a pattern and means something else in another place, by the option's name. */
const named: Record<string, readonly string[]> = {
  environment: ["production", "staging"], canary: ["canary", "beta"], production: ["production", "latest"], testEnvironment: ["testpypi"], smokeTarget: ["canary", "staging"], target: ["production", "staging"],
  before: ["staging"], after: ["production"], "targets{key}": ["production", "staging"], workload: ["shop", "shop-api"], dockerfile: ["deploy/Dockerfile", "Dockerfile"], service: ["shop"], owner: ["acme", "acme-labs"],
  next: ["npm-publish.yml", "update-homebrew.yml"], directory: ["npm", "packages/shop"], slack: ["SLACK_WEBHOOK_URL"], project: ["shop"], package: ["shop", "@acme/shop"], branch: ["metrics", "history"], schedule: ["0 6 * * *", "30 7 * * 1"],
  platforms: ["ubuntu-24.04", "macos-15", "windows-2025"], pythonVersions: ["3.11", "3.12"], label: ["incident", "automation"], command: ["shop", "--version"], mcpServer: ["shop", "--mcp"], run: ["npm run build", "make all"],
};

/** The `nth` text for an option: a name such as `branch` or `targets{key}`, and the pattern that it must fit. */
export function textFor(name: string, pattern: string | undefined, nth: number): string | undefined {
  const fits = new RegExp(pattern ?? "", "u");
  const all = [...(named[name] ?? []), ...candidates].filter((text) => fits.test(text));
  return all[nth % Math.max(all.length, 1)];
}

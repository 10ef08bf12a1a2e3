export function outdated(root: string): string | undefined;

export function processStart(pid: number): string;
export function alive(pid: number): boolean;
export function withLock<T>(
  folder: string,
  work: () => T | Promise<T>,
  options?: { waiting?: (pid: number) => void; interval?: number; patience?: number },
): Promise<T>;

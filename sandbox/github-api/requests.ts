/** What was asked of the API, for those who count. */
export interface Counted {
  /** Where the API is: the links to further pages lead there. */
  url: string;
  total: number;
  /** By operation id. */
  operations: Map<string, number>;
  /** Answered with 304. */
  unchanged: number;
  /** Answered with a status of 400 or more. */
  refused: number;
}

export function noRequests(url: string): Counted {
  return { url, total: 0, operations: new Map(), unchanged: 0, refused: 0 };
}

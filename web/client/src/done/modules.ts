// A QR code's dark modules as few rectangles. Pure.

export interface Dark {
  x: number;
  y: number;
  width: number;
}

/** Each run of dark modules in a row of 0 and 1. */
export function dark(rows: string[]): Dark[] {
  return rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map((run) => ({ x: run.index, y, width: run[0].length })),
  );
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  underline: [4, 24],
  inverse: [7, 27],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Paint = (text: string) => string;

/** What makes text bold, red and so on, on a terminal. */
export type Paints = Readonly<Record<keyof typeof CODES, Paint>>;

/** @param coloured false for text that stays as it is, see `wantsColour` */
export function paintsFor(coloured: boolean): Paints {
  const paint = (name: keyof typeof CODES): Paint => {
    if (!coloured) return (text) => text;
    const [open, close] = CODES[name].map((code) => `\u001b[${code}m`);
    return (text) => `${open}${text}${close}`;
  };
  return {
    bold: paint("bold"),
    dim: paint("dim"),
    underline: paint("underline"),
    inverse: paint("inverse"),
    red: paint("red"),
    green: paint("green"),
    yellow: paint("yellow"),
    cyan: paint("cyan"),
  };
}

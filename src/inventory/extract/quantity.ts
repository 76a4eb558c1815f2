import { NumberText } from "../../field/index.ts";

/** The suffixes of a resource.Quantity, without those below 1. */
const FACTORS: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY = /^\+?(\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:([kMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/;

/** A quantity of whole things, such as `10` or `1k`; undefined for all else. The API server refuses parts of a thing here. */
export function wholeQuantity(value: unknown): number | undefined {
  const text = value instanceof NumberText ? value.text : typeof value === "number" ? String(value) : value;
  const match = typeof text === "string" ? QUANTITY.exec(text) : null;
  if (match === null) return undefined;
  const [, digits = "", suffix = "", exponent = "0"] = match;
  const quantity = Number(digits) * (FACTORS[suffix] ?? 1) * 10 ** Number(exponent);
  return Number.isInteger(quantity) ? quantity : undefined;
}

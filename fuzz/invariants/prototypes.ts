import { Broken } from "../target.ts";

/** What every object and list inherits: a key that slips in here would be in all of them. */
const INHERITED: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Map.prototype,
];

function picture(): string {
  return INHERITED.map((one) =>
    Reflect.ownKeys(one)
      .map((key) => `${String(key)}: ${kindOf(one, key)}`)
      .join(),
  ).join("\n");
}

function kindOf(holder: object, key: string | symbol): string {
  const descriptor = Reflect.getOwnPropertyDescriptor(holder, key);
  const value: unknown = descriptor?.value;
  return `${typeof value} ${typeof value === "function" ? value.name : ""} ${descriptor?.enumerable}`;
}

const BEFORE = picture();
const COUNT = Reflect.ownKeys(Object.prototype).length;

/** Whether nothing was added to what all objects inherit, the quick way: asked after every run. */
export function checkObjectPrototype(): void {
  if (Reflect.ownKeys(Object.prototype).length !== COUNT) checkPrototypes();
}

/** Whether what all objects inherit is as it was. @throws Broken */
export function checkPrototypes(): void {
  if (picture() !== BEFORE) throw new Broken("prototype untouched", "what all objects inherit has changed");
}

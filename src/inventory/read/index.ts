/** How objects of any content are read: nothing here throws. */
export { type ExtractOptions, identityOf, type ObjectType, typeOf } from "./identity.ts";
export { integerAt, itemsAt, labelsAt, textAt, textsAt } from "./values.ts";

import { objectType, type Type } from "../types/index.ts";
import { ObjectValue, type Value } from "./value.ts";

/** What an expression such as `Object.spec{type: "ClusterIP"}` makes: an object of a named type. */
export class StructValue extends ObjectValue {
  readonly type: Type;
  readonly fields: ReadonlyMap<string, Value>;

  constructor(typeName: string, fields: ReadonlyMap<string, Value>) {
    super();
    this.type = objectType(typeName);
    this.fields = fields;
  }
}

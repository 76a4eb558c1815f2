import type { Cel } from "../policy/in-cel/index.ts";
import type { Operation } from "../policy/model/index.ts";

/** The Service that a request is about: the new one or, if it is deleted, the stored one. */
export function subjectIn(situations: ReadonlySet<Operation>): Cel {
  if (!situations.has("delete")) return "object";
  return situations.size === 1 ? "oldObject" : '(request.operation == "DELETE" ? oldObject : object)';
}

/** A map in the metadata of a Service: empty if it has none. */
export function mapOf(subject: Cel, map: "labels" | "annotations"): Cel {
  return `${subject}.metadata.?${map}.orValue({})`;
}

/** The name of a Service, which is not known yet if the API server generates it. */
export function nameOf(subject: Cel): Cel {
  return `${subject}.metadata.?name.or(${subject}.metadata.?generateName).orValue("")`;
}

export function typeOf(subject: Cel): Cel {
  return `${subject}.spec.?type.orValue("ClusterIP")`;
}

/** Whether the request writes the status. */
export const IS_STATUS_WRITE: Cel = 'request.?subResource.orValue("") == "status"';

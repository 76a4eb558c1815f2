import type { KeyPath } from "../../text/document/index.ts";
import type { AnalysedService, Analysis } from "../analysis/index.ts";
import type { Subject } from "../cursor/index.ts";
import { policyExpected, policyPage } from "./policy-words.ts";
import { type ServiceSubject, serviceExpected, servicePage } from "./service-words.ts";
import { settingsExpected, settingsPage } from "./settings-words.ts";
import type { Expected } from "./word.ts";

/** What the place in a manifest takes; undefined where nothing is known of it. @param keys from the document's root on */
export function expectedAt(analysis: Analysis, subject: Subject, offset: number, keys: KeyPath): Expected | undefined {
  const own = keys.slice(subject.keys.length);
  switch (subject.kind) {
    case "service":
      return serviceExpected(serviceSubject(analysis, subject, offset), own);
    case "policy":
      return policyExpected(subject.node, own);
    case "settings":
      return settingsExpected(own);
    default:
      return undefined;
  }
}

/**
 * The help for a key or a value, in Markdown; undefined where nothing is known of it.
 * @param keys from the document's root on
 * @param value what is written there, for a value
 */
export function pageAt(
  analysis: Analysis,
  subject: Subject,
  offset: number,
  keys: KeyPath,
  value: string | undefined,
): string | undefined {
  const own = keys.slice(subject.keys.length);
  switch (subject.kind) {
    case "service":
      return servicePage(serviceSubject(analysis, subject, offset), own, value);
    case "policy":
      return policyPage(subject.node, own, value);
    case "settings":
      return settingsPage(own);
    default:
      return undefined;
  }
}

function serviceSubject(analysis: Analysis, { node, keys }: Subject, offset: number): ServiceSubject {
  return { analysis, node, service: serviceAt(analysis, keys, offset) };
}

/** What the analysis knows of the Service at a path of the document that the offset is in. */
function serviceAt({ documents }: Analysis, keys: KeyPath, offset: number): AnalysedService | undefined {
  const document = documents.findLast(({ range }) => range.start <= offset);
  return document?.services.find(
    (service) => service.keys.length === keys.length && service.keys.every((key, index) => key === keys[index]),
  );
}

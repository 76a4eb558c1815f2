import { createPrivateKey, type KeyObject, type X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { problemOfPair, type ServingPair } from "../../sources/index.ts";
import { certificatesIn } from "./pem.ts";

/** What a serving pair is checked against. */
export interface PairRequirements {
  /** The DNS names and IP addresses under which the API server may call the webhook. */
  readonly hosts: readonly string[];
  /** The trusted CA certificates in PEM; undefined if they are not known yet. */
  readonly trusted: string | undefined;
  readonly now: Date;
}

/** A serving pair without problems. */
export interface ValidPair {
  readonly leaf: X509Certificate;
  /** The trusted certificate that the chain ends in; the leaf itself if trust was not checked. */
  readonly root: X509Certificate;
  /** The period in which every certificate of the chain is valid. */
  readonly from: Date;
  readonly until: Date;
}

/** The result: a valid pair, or its problems, one sentence each. */
export type Inspection = { readonly valid: ValidPair } | { readonly problems: readonly string[] };

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

/**
 * Checks whether an API server that trusts `trusted` could call a server with this pair under each of the hosts: key,
 * names, chain and dates, as Go's verifier checks them (host names must be in the SAN; the subject does not count).
 */
export function inspectPair(pair: ServingPair, expected: PairRequirements): Inspection {
  const [leaf, ...rest] = certificatesIn(pair.certificate);
  if (leaf === undefined) return { problems: ["tls.crt holds no PEM certificate that can be read"] };
  const chain = expected.trusted === undefined ? [leaf] : chainTo(leaf, rest, certificatesIn(expected.trusted));
  const problems = [
    ...keyProblems(pair, leaf),
    ...hostProblems(leaf, expected.hosts),
    ...usageProblems(leaf),
    ...(chain === undefined ? [chainProblem(leaf, expected.trusted ?? "")] : []),
    ...(chain ?? [leaf]).flatMap((certificate) => dateProblems(certificate, expected.now)),
  ];
  if (problems.length > 0 || chain === undefined) return { problems };
  return { valid: { leaf, root: chain.at(-1) ?? leaf, ...validity(chain) } };
}

/** The problems; empty if the pair is valid. */
export function problemsOf(inspection: Inspection): readonly string[] {
  return "problems" in inspection ? inspection.problems : [];
}

function keyProblems(pair: ServingPair, leaf: X509Certificate): string[] {
  let parsed: KeyObject;
  try {
    parsed = createPrivateKey(pair.key);
  } catch {
    return ["tls.key holds no PEM private key that can be read (it must not be encrypted)"];
  }
  if (!leaf.checkPrivateKey(parsed)) return ["tls.key is not the key of the first certificate in tls.crt"];
  const problem = problemOfPair(pair);
  return problem === undefined ? [] : [problem];
}

function hostProblems(leaf: X509Certificate, hosts: readonly string[]): string[] {
  const missing = hosts.filter((host) => !covers(leaf, host));
  if (missing.length === 0) return [];
  const found = leaf.subjectAltName ?? "none at all";
  return [`the certificate is not for ${missing.join(", ")}: its subject alternative names are ${found}`];
}

function covers(leaf: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return leaf.checkIP(host) !== undefined;
  return leaf.checkHost(host, { subject: "never" }) !== undefined;
}

function usageProblems(leaf: X509Certificate): string[] {
  const usages = extendedUsages(leaf);
  if (usages === undefined || usages.includes(SERVER_AUTH)) return [];
  return ["the certificate may not be used by a server: its extended key usage lacks serverAuth"];
}

/**
 * Node calls the extended key usages `keyUsage` and, contrary to its types, leaves them undefined if the certificate
 * has no such extension: then every use is allowed.
 */
function extendedUsages(leaf: X509Certificate): readonly string[] | undefined {
  return leaf.keyUsage;
}

/** The chain from the leaf to a trusted certificate, both included; undefined if there is none. */
function chainTo(
  leaf: X509Certificate,
  between: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): X509Certificate[] | undefined {
  const root = roots.find((candidate) => issued(candidate, leaf) || candidate.fingerprint256 === leaf.fingerprint256);
  if (root !== undefined) return [leaf, root];
  for (const next of between) {
    if (!issued(next, leaf)) continue;
    const others = between.filter((candidate) => candidate !== next);
    const chain = chainTo(next, others, roots);
    if (chain !== undefined) return [leaf, ...chain];
  }
  return undefined;
}

function issued(issuer: X509Certificate, subject: X509Certificate): boolean {
  return issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
}

function chainProblem(leaf: X509Certificate, trusted: string): string {
  const roots = certificatesIn(trusted).map((root) => oneLine(root.subject));
  const list = roots.length === 0 ? "no certificate at all" : roots.join("; ");
  return `the certificate (issued by ${oneLine(leaf.issuer)}) leads to none of the CAs that are trusted: ${list}`;
}

function dateProblems(certificate: X509Certificate, now: Date): string[] {
  const { from, until } = validity([certificate]);
  const name = `the certificate of ${oneLine(certificate.subject) || "no subject"}`;
  if (now < from) return [`${name} is valid only from ${from.toISOString()}; it is ${now.toISOString()} now`];
  if (now >= until) return [`${name} has expired at ${until.toISOString()}; it is ${now.toISOString()} now`];
  return [];
}

function validity(chain: readonly X509Certificate[]): { from: Date; until: Date } {
  return {
    from: new Date(Math.max(...chain.map(({ validFrom }) => Date.parse(validFrom)))),
    until: new Date(Math.min(...chain.map(({ validTo }) => Date.parse(validTo)))),
  };
}

function oneLine(name: string): string {
  return name.split("\n").join(", ");
}

import { beforeAll, describe, expect, it } from "@jest/globals";
import { inspectPair, problemsOf } from "#src/cluster/certificates/inspect.ts";
import { issue } from "#src/cluster/certificates/issue.ts";
import type { IssuedCertificate } from "#src/cluster/certificates/issued-certificate.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const HOURS = 3_600_000;
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOURS);
const HOSTS = ["fairlead.fairlead.svc", "127.0.0.1", "fd00::1"];

describe("what is wrong with a mounted certificate", () => {
  let good: IssuedCertificate;
  let other: IssuedCertificate;

  beforeAll(async () => {
    good = await issue({ hosts: HOSTS, from: at(-1), until: at(100) });
    other = await issue({ hosts: HOSTS, from: at(-1), until: at(100) });
  });

  it.each([
    { name: "nothing, for the hosts that it is for", hosts: HOSTS, problems: [] },
    { name: "nothing, where nobody is to be called", hosts: [], problems: [] },
    {
      name: "a DNS name that it lacks",
      hosts: ["fairlead.other.svc"],
      problems: [/is not for fairlead\.other\.svc: its subject alternative names are DNS:fairlead\.fairlead\.svc/],
    },
    { name: "an address that it lacks", hosts: ["127.0.0.2"], problems: [/is not for 127\.0\.0\.2/] },
    {
      name: "the subject's common name, which does not count",
      hosts: ["fairlead"],
      problems: [/is not for fairlead:/],
    },
  ])("$name", ({ hosts, problems }) => {
    const found = problemsOf(inspectPair(good.pair, { hosts, trusted: good.ca, now: NOW }));
    expect(found).toEqual(problems.map((problem) => expect.stringMatching(problem)));
  });

  it.each([
    { name: "before its first moment", now: at(-2), problem: /is valid only from 2026-03-01T11:00:00/ },
    { name: "at its last moment", now: at(100), problem: /has expired at 2026-03-05T16:00:00/ },
  ])("$name", ({ now, problem }) => {
    const found = problemsOf(inspectPair(good.pair, { hosts: HOSTS, trusted: good.ca, now }));
    // The leaf and its CA: both are out of date.
    expect(found).toEqual([expect.stringMatching(problem), expect.stringMatching(problem)]);
  });

  it("the key of another certificate", () => {
    const pair = { certificate: good.pair.certificate, key: other.pair.key };
    expect(problemsOf(inspectPair(pair, { hosts: HOSTS, trusted: good.ca, now: NOW }))).toEqual([
      "tls.key is not the key of the first certificate in tls.crt",
    ]);
  });

  it.each([
    {
      name: "text that is no certificate",
      certificate: "hello",
      key: "",
      problem: "tls.crt holds no PEM certificate that can be read",
    },
    {
      name: "an encrypted key",
      certificate: undefined,
      key: "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
      problem: "tls.key holds no PEM private key that can be read (it must not be encrypted)",
    },
  ])("$name", ({ certificate, key, problem }) => {
    const pair = { certificate: certificate ?? good.pair.certificate, key };
    expect(problemsOf(inspectPair(pair, { hosts: [], trusted: undefined, now: NOW }))).toEqual([problem]);
  });

  it("a chain that OpenSSL refuses", () => {
    const chain = "-----BEGIN CERTIFICATE-----\n####\n-----END CERTIFICATE-----\n";
    const pair = { ...good.pair, certificate: good.pair.certificate + chain };
    expect(problemsOf(inspectPair(pair, { hosts: HOSTS, trusted: good.ca, now: NOW }))).toEqual([
      expect.stringMatching(/^OpenSSL refuses to serve with certificate and key: .*bad base64 decode/),
    ]);
  });

  it.each([
    {
      name: "another CA is trusted",
      trusted: () => other.ca,
      problem: /issued by CN=fairlead-ca-.*leads to none of the CAs that are trusted: CN=fairlead-ca-/,
    },
    {
      name: "no CA is trusted",
      trusted: () => "",
      problem: /leads to none of the CAs that are trusted: no certificate at all/,
    },
  ])("$name", ({ trusted, problem }) => {
    const found = problemsOf(inspectPair(good.pair, { hosts: HOSTS, trusted: trusted(), now: NOW }));
    expect(found).toEqual([expect.stringMatching(problem)]);
  });

  it("a leaf that is trusted by itself needs no CA", () => {
    const inspection = inspectPair(good.pair, { hosts: HOSTS, trusted: good.pair.certificate, now: NOW });
    expect(problemsOf(inspection)).toEqual([]);
  });

  it("says how long the trust holds: as long as the whole chain", () => {
    const inspection = inspectPair(good.pair, { hosts: HOSTS, trusted: good.ca + other.ca, now: NOW });
    expect(inspection).toMatchObject({ valid: { from: at(-1), until: at(100) } });
  });
});

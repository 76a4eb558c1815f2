import type { CheckedService, CheckFinding, Severity } from "../../examine/model/index.ts";
import type { Reporter, ReporterOptions } from "../model/index.ts";
import type { PageFinding } from "./finding.ts";
import { page } from "./page.ts";
import type { PageService } from "./service.ts";

/**
 * The report as one self-contained HTML page: it sends no requests, and runs no script but its own. It is written at
 * the end of the run, since the summary is at the top.
 */
export function createHtmlReporter(options: ReporterOptions): Reporter {
  const findings: CheckFinding[] = [];
  const services: CheckedService[] = [];
  return {
    finding: (finding) => {
      findings.push(finding);
      return "";
    },
    service: (service) => {
      services.push(service);
      return "";
    },
    end: (summary) => page({ ...placed(findings, services), summary, options }).text,
  };
}

/** Errors first, then warnings and notes, suppressed findings last; within each, in the order of the files. */
function inOrder(findings: readonly PageFinding[]): readonly PageFinding[] {
  return findings.toSorted((one, other) => rank(one) - rank(other));
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "note"];

function rank({ finding: { severity, suppressed } }: PageFinding): number {
  return suppressed === undefined ? SEVERITIES.indexOf(severity) : SEVERITIES.length;
}

interface ServiceEntry extends PageService {
  readonly findings: PageFinding[];
}

/** Assigns ids to findings and Services, and assigns findings to the Services whose text contains them. */
function placed(
  findings: readonly CheckFinding[],
  services: readonly CheckedService[],
): { readonly findings: readonly PageFinding[]; readonly services: readonly PageService[] } {
  const owners = new Map<string, ServiceEntry[]>();
  const placedServices = services.map((service, index) => {
    const owner: ServiceEntry = { id: `service-${index + 1}`, service, findings: [] };
    const key = keyOf(service.file, service);
    const namesakes = owners.get(key);
    if (namesakes === undefined) owners.set(key, [owner]);
    else namesakes.push(owner);
    return owner;
  });
  const placedFindings = findings.map((finding, index): PageFinding => {
    const namesakes = finding.service && owners.get(keyOf(finding.file, finding.service));
    const owner = namesakes && ownerOf(namesakes, finding);
    const entry = { id: `finding-${index + 1}`, finding, serviceId: owner?.id };
    owner?.findings.push(entry);
    return entry;
  });
  return { findings: inOrder(placedFindings), services: placedServices };
}

function keyOf(file: string, { namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return JSON.stringify([file, namespace, name]);
}

/** Finds the owner by binary search: Services of the same name are in the order of the file and do not overlap. */
function ownerOf(namesakes: readonly ServiceEntry[], finding: CheckFinding): ServiceEntry | undefined {
  let [low, high] = [0, namesakes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = namesakes[middle];
    if (candidate !== undefined && candidate.service.region.endLine < finding.region.startLine) low = middle + 1;
    else high = middle;
  }
  // A Service may end on the line on which the next one begins.
  return namesakes.slice(low, low + 2).find(({ service }) => covers(service, finding));
}

function covers({ region }: CheckedService, finding: CheckFinding): boolean {
  return region.startLine <= finding.region.startLine && finding.region.startLine <= region.endLine;
}

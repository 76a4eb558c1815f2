{{/* The chart's name, for labels. */}}
{{- define "fairlead.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/*
A name of at most this length. One that is cut ends in a hash of the whole, so that two that begin alike stay apart.
Takes a dict: name, length.
*/}}
{{- define "fairlead.cut" -}}
{{- if le (len .name) (int .length) -}}
{{- .name -}}
{{- else -}}
{{- printf "%s-%s" (regexReplaceAll "[^a-z0-9]+$" (.name | trunc (sub .length 9 | int)) "") (.name | sha256sum | trunc 8) -}}
{{- end -}}
{{- end -}}

{{/* The name that all objects share. Cut so that the longest suffix still makes a DNS label, which has no dots. */}}
{{- define "fairlead.fullname" -}}
{{- $name := include "fairlead.name" . -}}
{{- $full := printf "%s-%s" .Release.Name $name -}}
{{- if .Values.fullnameOverride -}}
{{- $full = .Values.fullnameOverride -}}
{{- else if contains $name .Release.Name -}}
{{- $full = .Release.Name -}}
{{- end -}}
{{- include "fairlead.cut" (dict "name" ($full | replace "." "-") "length" 52) -}}
{{- end -}}

{{- define "fairlead.selectorLabels" -}}
app.kubernetes.io/name: {{ include "fairlead.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* The labels of every object. */}}
{{- define "fairlead.labels" -}}
{{- include "fairlead.labelsWith" (dict "root" .) -}}
{{- end -}}

{{/*
The labels of an object with some of its own. The chart's win: selectors read them.
Takes a dict: root, extra, name (in place of the chart's).
*/}}
{{- define "fairlead.labelsWith" -}}
{{- $root := .root -}}
{{- $chart := dict
  "app.kubernetes.io/name" (.name | default (include "fairlead.name" $root))
  "app.kubernetes.io/instance" $root.Release.Name
  "app.kubernetes.io/version" $root.Chart.AppVersion
  "app.kubernetes.io/part-of" "fairlead"
  "app.kubernetes.io/managed-by" $root.Release.Service
  "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63)
-}}
{{- toYaml (merge $chart (.extra | default dict) ($root.Values.commonLabels | default dict)) -}}
{{- end -}}

{{- define "fairlead.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{- printf "%s@%s" .repository .digest -}}
{{- else -}}
{{- printf "%s:%s" .repository (.tag | default $.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "fairlead.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "fairlead.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{- define "fairlead.secretName" -}}
{{- .Values.certificates.secretName | default (printf "%s-tls" (include "fairlead.fullname" .)) -}}
{{- end -}}

{{- define "fairlead.priorityClassName" -}}
{{- $own := ternary (include "fairlead.fullname" .) "" .Values.priorityClass.create -}}
{{- .Values.priorityClass.name | default $own -}}
{{- end -}}

{{/* How many replicas there are at least. */}}
{{- define "fairlead.minReplicas" -}}
{{- ternary .Values.autoscaling.minReplicas .Values.replicaCount .Values.autoscaling.enabled -}}
{{- end -}}

{{/* The version of a PodDisruptionBudget: that before 1.21, too, without which a drained node takes all replicas at once. */}}
{{- define "fairlead.disruptionVersion" -}}
{{- if .Capabilities.APIVersions.Has "policy/v1" -}}
policy/v1
{{- else if .Capabilities.APIVersions.Has "policy/v1beta1" -}}
policy/v1beta1
{{- end -}}
{{- end -}}

{{- define "fairlead.podSecurityContext" -}}
{{- include "fairlead.securityContext" (dict "root" . "context" .Values.podSecurityContext) -}}
{{- end -}}

{{- define "fairlead.containerSecurityContext" -}}
{{- include "fairlead.securityContext" (dict "root" . "context" .Values.securityContext) -}}
{{- end -}}

{{/*
A security context, without the chart's uid and gid where OpenShift gives each namespace a range of its own: its SCC
restricted-v2 refuses any other.
Takes a dict: root, context.
*/}}
{{- define "fairlead.securityContext" -}}
{{- $context := .context | default dict -}}
{{- if or .root.Values.openshift.enabled (.root.Capabilities.APIVersions.Has "security.openshift.io/v1") -}}
{{- range $field := list "runAsUser" "runAsGroup" "fsGroup" -}}
{{- if eq (get $context $field | int) 65532 -}}{{- $context = omit $context $field -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- toYaml $context -}}
{{- end -}}

{{/*
What of the cluster the rules need to know besides the Service, as a list with commas: empty where nothing is read. In YAML,
`on` and `off` without quotes are booleans.
*/}}
{{- define "fairlead.inventoryNeeds" -}}
{{- $table := include "fairlead.inventoryTable" . | fromYaml -}}
{{- $wanted := toString .Values.inventory -}}
{{- $needs := list -}}
{{- if has $wanted (list "on" "true") -}}
{{- $needs = $table.needs -}}
{{- else if eq $wanted "auto" -}}
{{- range .Values.policies.enabled -}}
{{- $policy := $.Files.Get (printf "files/policies/%s.yaml" .) | fromYaml -}}
{{- range $policy.spec.rules -}}
{{- $needs = concat $needs (get $table.rules .rule | default list) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $needs | uniq | join "," -}}
{{- end -}}

{{/* The rights to list and watch what the rules need to know, as rules of a ClusterRole. */}}
{{- define "fairlead.inventoryRights" -}}
{{- $needs := splitList "," (include "fairlead.inventoryNeeds" .) -}}
{{- $groups := dict -}}
{{- range $kind := (include "fairlead.inventoryTable" . | fromYaml).access -}}
{{- range $kind.needs -}}
{{- if has . $needs -}}
{{- $_ := set $groups $kind.group (append (get $groups $kind.group | default list) $kind.resource | uniq) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $group, $resources := $groups }}
- apiGroups: [{{ quote $group }}]
  resources: [{{ join ", " $resources }}]
  verbs: [list, watch]
{{- end -}}
{{- end -}}

{{/* Not empty where an admission policy bounds what Fairlead may write: where it writes its registration at all. */}}
{{- define "fairlead.boundsWrites" -}}
{{- $wanted := .Values.rbac.boundWrites -}}
{{- $known := .Capabilities.APIVersions.Has "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy" -}}
{{- if and (eq .Values.certificates.mode "self") (or (eq $wanted "always") (and (eq $wanted "auto") $known)) -}}
yes
{{- end -}}
{{- end -}}

{{/*
CEL: a field that may be absent is the same in both.
Takes a dict: now, before, field.
*/}}
{{- define "fairlead.sameField" -}}
{{- $now := printf "%s.%s" .now .field -}}
{{- $before := printf "%s.%s" .before .field -}}
(has({{ $now }}) ? has({{ $before }}) && {{ $now }} == {{ $before }} : !has({{ $before }}))
{{- end -}}

{{/*
PromQL: what a counter grew by within 15 minutes. `increase` alone does not see what was counted before the first sample,
such as a certificate that a server could not read at its start.
Takes the selector of the counter.
*/}}
{{- define "fairlead.grew" -}}
increase({{ . }}[15m]) > 0 or ({{ . }} unless {{ . }} offset 15m) > 0
{{- end -}}

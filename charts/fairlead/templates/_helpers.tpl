{{/* The chart's name, for labels. */}}
{{- define "fairlead.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The name that all objects share. Cut so that the longest suffix still makes a DNS label, which has no dots. */}}
{{- define "fairlead.fullname" -}}
{{- $name := include "fairlead.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | replace "." "-" | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | replace "." "-" | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "fairlead.selectorLabels" -}}
app.kubernetes.io/name: {{ include "fairlead.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "fairlead.labels" -}}
{{ include "fairlead.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: fairlead
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
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

{{/* What no Pod of this chart may do; the restricted Pod Security Standard. */}}
{{- define "fairlead.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "fairlead.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
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

{{/*
What all entries of the registration have in common.
Takes a dict: root, name, path, failurePolicy.
*/}}
{{- define "fairlead.webhook" -}}
name: {{ .name }}
clientConfig:
  {{- if .root.Values.webhook.url }}
  url: {{ printf "%s%s" (trimSuffix "/" .root.Values.webhook.url) .path }}
  {{- else }}
  service:
    name: {{ include "fairlead.fullname" .root }}
    namespace: {{ .root.Release.Namespace }}
    path: {{ .path }}
    port: {{ .root.Values.service.port }}
  {{- end }}
  {{- if eq .root.Values.certificates.mode "provided" }}
  caBundle: {{ .root.Values.certificates.caBundle | b64enc }}
  {{- end }}
admissionReviewVersions: [v1]
sideEffects: None
matchPolicy: Equivalent
failurePolicy: {{ .failurePolicy }}
timeoutSeconds: {{ .root.Values.webhook.timeoutSeconds }}
{{- end -}}

{{/*
An entry about Services: which of them it is asked about.
Takes a dict: root, operations.
*/}}
{{- define "fairlead.serviceScope" -}}
{{- $webhook := .root.Values.webhook -}}
namespaceSelector:
  {{- $selector := $webhook.namespaceSelector | default dict }}
  {{- with $selector.matchLabels }}
  matchLabels:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  matchExpressions:
    - key: kubernetes.io/metadata.name
      operator: NotIn
      values:
        {{- append $webhook.excludedNamespaces .root.Release.Namespace | uniq | toYaml | nindent 8 }}
    {{- with $selector.matchExpressions }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- if $webhook.objectSelector }}
objectSelector:
  {{- toYaml $webhook.objectSelector | nindent 2 }}
{{- else }}
objectSelector: {}
{{- end }}
{{- if include "fairlead.hasMatchConditions" .root }}
matchConditions:
  # The API server writes this Service itself, and must never be kept from it.
  - name: not-the-api-servers-own
    expression: request.namespace != 'default' || !has(request.name) || request.name != 'kubernetes'
  {{- with $webhook.matchConditions }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- if not (include "fairlead.sparesCalls" .root) }}
  # In place of what replicas have written here with other values.
  - name: asked-for
    expression: "true"
  {{- end }}
{{- end }}
rules:
  - apiGroups: [""]
    apiVersions: [v1]
    resources: [services]
    operations:
      {{- toYaml .operations | nindent 6 }}
    scope: Namespaced
  {{- if has "UPDATE" .operations }}
  - apiGroups: [""]
    apiVersions: [v1]
    resources: [services/status]
    operations: [UPDATE]
    scope: Namespaced
  {{- end }}
{{- end -}}

{{/* Not empty where the API server knows matchConditions. */}}
{{- define "fairlead.hasMatchConditions" -}}
{{- if semverCompare ">=1.28.0-0" .Capabilities.KubeVersion.Version -}}
yes
{{- end -}}
{{- end -}}

{{/*
Not empty where replicas add a match condition of their own, `asked-for`, to the webhook configurations: where they may
write there at all. Anywhere else the chart sets it.
*/}}
{{- define "fairlead.sparesCalls" -}}
{{- if and (eq .Values.webhook.calls "auto") (eq .Values.certificates.mode "self") (include "fairlead.hasMatchConditions" .) -}}
yes
{{- end -}}
{{- end -}}

{{/* Not empty where one call denies and warns: where both entries would be the same but for their paths. */}}
{{- define "fairlead.deniesAndWarns" -}}
{{- with .Values.webhook -}}
{{- if and (eq .calls "auto") (eq .failurePolicy.deny .failurePolicy.warn) -}}
yes
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The annotations of a webhook configuration, where it has any. */}}
{{- define "fairlead.webhookAnnotations" -}}
{{- $annotations := dict -}}
{{- if eq .Values.certificates.mode "cert-manager" -}}
{{- $_ := set $annotations "cert-manager.io/inject-ca-from" (printf "%s/%s" .Release.Namespace (include "fairlead.fullname" .)) -}}
{{- end -}}
{{- with merge $annotations .Values.webhook.annotations -}}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end -}}
{{- end -}}

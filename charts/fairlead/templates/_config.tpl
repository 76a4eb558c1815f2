{{/* The one name that the API server asks for: that of the URL, where there is one, without port and brackets. */}}
{{- define "fairlead.calledHost" -}}
{{- if .Values.webhook.url -}}
{{- regexReplaceAll ":[0-9]+$" (urlParse .Values.webhook.url).host "" | trimAll "[]" -}}
{{- else -}}
{{- printf "%s.%s.svc" (include "fairlead.fullname" .) .Release.Namespace -}}
{{- end -}}
{{- end -}}

{{/* Where a certificate that somebody else makes is mounted. */}}
{{- define "fairlead.tlsFolder" -}}
/etc/fairlead-tls
{{- end -}}

{{/* Fairlead's own configuration. What is left open here is discovered, or built in. */}}
{{- define "fairlead.config" -}}
port: 8443
healthPort: 8080
log:
  level: {{ .Values.config.logLevel }}
validity: {{ .Values.config.validity }}
defaults:
  ipFamilyPolicy: {{ .Values.config.ipFamilyPolicy }}
exempt:
  ownNamespace: {{ .Release.Namespace | quote }}
  namespaces: {{ .Values.webhook.excludedNamespaces | toJson }}
  services: {{ .Values.config.exemptServices | toJson }}
shutdown:
  drainSeconds: {{ .Values.shutdown.drainSeconds }}
  graceSeconds: {{ .Values.shutdown.graceSeconds }}
limits:
  connections: {{ .Values.limits.connections }}
  bodies: {{ .Values.limits.bodies }}
certificates:
  mode: {{ .Values.certificates.mode }}
  hosts: [{{ include "fairlead.calledHost" . | quote }}]
  {{- if eq .Values.certificates.mode "self" }}
  secret: {{ include "fairlead.secretName" . | quote }}
  lifeHours: {{ .Values.certificates.lifeHours }}
  renewAt: {{ .Values.certificates.renewAt }}
  settleSeconds: {{ .Values.certificates.settleSeconds }}
  {{- end }}
{{- if or .Values.webhook.clientCA (ne .Values.certificates.mode "self") }}
tls:
  {{- if ne .Values.certificates.mode "self" }}
  certificate: {{ include "fairlead.tlsFolder" . }}/tls.crt
  key: {{ include "fairlead.tlsFolder" . }}/tls.key
  {{- end }}
  {{- if .Values.webhook.clientCA }}
  clientCA: /etc/fairlead/client-ca.crt
  {{- end }}
{{- end }}
kubernetes:
  policies: watch
  lease: {{ include "fairlead.fullname" . | quote }}
  mutating: [{{ include "fairlead.fullname" . | quote }}]
  validating: [{{ include "fairlead.fullname" . | quote }}]
cluster:
  {{- include "fairlead.clusterConfig" . | nindent 2 }}
{{- end -}}

{{- define "fairlead.clusterConfig" -}}
{{- $discover := list -}}
{{- if not .Values.cluster.version }}{{ $discover = append $discover "version" }}{{ end -}}
{{- if not .Values.cluster.serviceCIDRs }}{{ $discover = append $discover "serviceCIDRs" }}{{ end -}}
discover: {{ toJson $discover }}
{{- with .Values.cluster.version }}
version: {{ . | quote }}
{{- end }}
{{- with .Values.cluster.serviceCIDRs }}
serviceCIDRs: {{ toJson . }}
{{- end }}
{{- with .Values.cluster.nodePortRange }}
nodePortRange: {{ . | quote }}
{{- end }}
{{- end -}}

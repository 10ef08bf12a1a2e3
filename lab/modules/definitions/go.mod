module slipway/lab/definitions

go 1.26

require (
	github.com/fluxcd/flagger v1.36.1
	github.com/prometheus-operator/prometheus-operator v0.85.0
	istio.io/api v1.31.1
)

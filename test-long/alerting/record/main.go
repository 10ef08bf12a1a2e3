// Prints the alertmanager.yml that the Prometheus operator itself makes of AlertmanagerConfigs and Secrets, read as JSON from standard
// input: what ../recorded.json holds. To record again: go mod init record, go get github.com/prometheus-operator/prometheus-operator@v0.85.0,
// go mod tidy, go run . < input.json
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"

	"github.com/blang/semver/v4"
	"github.com/prometheus-operator/prometheus-operator/pkg/alertmanager"
	validation "github.com/prometheus-operator/prometheus-operator/pkg/alertmanager/validation/v1alpha1"
	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1alpha1"
	"github.com/prometheus-operator/prometheus-operator/pkg/assets"
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"
)

type input struct {
	Version string                         `json:"version"`
	Raw     string                         `json:"raw"`
	Configs []*v1alpha1.AlertmanagerConfig `json:"configs"`
	Secrets []*v1.Secret                   `json:"secrets"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	var in input
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return err
	}
	objects := make([]runtime.Object, 0, len(in.Secrets))
	for _, secret := range in.Secrets {
		objects = append(objects, secret)
	}
	client := fake.NewClientset(objects...)
	store := assets.NewStoreBuilder(client.CoreV1(), client.CoreV1())
	builder := alertmanager.NewConfigBuilder(slog.New(slog.NewTextHandler(os.Stderr, nil)), semver.MustParse(in.Version), store, &monitoringv1.Alertmanager{})
	if err := builder.InitializeFromRawConfiguration([]byte(in.Raw)); err != nil {
		return err
	}
	configs := map[string]*v1alpha1.AlertmanagerConfig{}
	for _, config := range in.Configs {
		if err := validation.ValidateAlertmanagerConfig(config); err != nil {
			return err
		}
		configs[config.Namespace+"/"+config.Name] = config
	}
	if err := builder.AddAlertmanagerConfigs(context.Background(), configs); err != nil {
		return err
	}
	text, err := builder.MarshalJSON()
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(text)
	return err
}

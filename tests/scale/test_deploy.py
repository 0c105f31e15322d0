"""compose.yaml and the manifests: what their own checkers say, and what ours must promise."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from compose_spec import PyCompose

from tests.servers import ROOT

K8S = ROOT / "deploy" / "k8s"
README = (ROOT / "README.md").read_text()
VERSIONS = ("1.30", "1.33")


def composed(*names: str) -> dict[str, Any]:
    """The services of compose files, one over the other; what they name of the environment at its default."""
    services: dict[str, Any] = {}
    for name in names:
        text = re.sub(r"\$\{\w+(?::-([^}]*)|:\?[^}]*)?\}", lambda m: m[1] or "x", (ROOT / name).read_text())
        PyCompose.from_yaml(yaml.safe_dump(yaml.safe_load(text)))
        for service, words in yaml.safe_load(text)["services"].items():
            services[service] = {**services.get(service, {}), **words}
    return services


SERVICES = composed("compose.yaml")
MANIFESTS = [doc for path in sorted(K8S.glob("*.yaml")) for doc in yaml.safe_load_all(path.read_text())]


def of(kind: str) -> list[dict[str, Any]]:
    return [doc for doc in MANIFESTS if doc["kind"] == kind]


def pods() -> dict[str, dict[str, Any]]:
    return {doc["metadata"]["name"]: doc["spec"]["template"] for doc in of("Deployment")}


def matches(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    wanted = selector.get("matchLabels", {}).items() <= labels.items()
    return wanted and all(labels[e["key"]] in e["values"] for e in selector.get("matchExpressions", []))


def test_compose_is_as_its_specification_says():
    assert set(SERVICES) == {"door", "page", "pictures", "redis"}
    composed("deploy/tls.yaml")
    with pytest.raises(ValueError, match="read_onli"):
        PyCompose.from_yaml("services: {a: {image: x, read_onli: true}}")


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_careful(name: str):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert set(service.get("cap_add", [])) <= ({"NET_BIND_SERVICE"} if name == "door" else set())
    assert "no-new-privileges:true" in service["security_opt"]
    assert not {"privileged", "network_mode", "pid", "devices"} & set(service)
    assert service["healthcheck"]["test"][0] == "CMD"
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert service["tmpfs"]
    assert ("ports" in service) == (name == "door")
    if "build" in service:
        assert f" AS {service['build']['target']}\n" in (ROOT / "Dockerfile").read_text()
    else:
        assert re.search(r":\d+\.\d+\.\d+", service["image"])


def test_settings_are_those_that_there_are():
    named = set(re.findall(r"`([A-Z_]+)`", README))
    given = {key for service in composed("compose.yaml").values() for key in service.get("environment", {})}
    given |= {
        env["name"] for pod in pods().values() for c in pod["spec"]["containers"] for env in c.get("env", [])
    }
    assert given - {"SITE"} - named == set()
    assert "REDIS_URL" in given


@pytest.mark.parametrize("version", VERSIONS)
def test_the_manifests_are_as_kubernetes_own_schemas_say(version: str):
    for doc in MANIFESTS:
        if doc["kind"] != "Kustomization":
            kubernetes_validate.validate(doc, version, strict=True)
    broken = json.loads(json.dumps(of("Deployment")[0]))
    broken["spec"]["template"]["spec"]["containers"][0]["reedinessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, version, strict=True)


def test_there_is_one_of_each_that_is_needed():
    kinds = {doc["kind"] for doc in MANIFESTS}
    assert kinds >= {"Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "NetworkPolicy"}
    assert "PodDisruptionBudget" in kinds
    (listed,) = of("Kustomization")
    assert {*listed["resources"], "kustomization.yaml"} == {path.name for path in K8S.glob("*.yaml")}


@pytest.mark.parametrize("name", pods())
def test_every_pod_is_careful(name: str):
    spec = pods()[name]["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] > 0
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec)
    assert all("hostPath" not in volume for volume in spec["volumes"])
    for container in spec["containers"]:
        context = container["securityContext"]
        assert context["readOnlyRootFilesystem"] is True
        assert context["allowPrivilegeEscalation"] is False
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert container["readinessProbe"]
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])
        assert {"cpu", "memory"} <= set(container["resources"]["limits"])
        assert {mount["name"] for mount in container["volumeMounts"]} == {v["name"] for v in spec["volumes"]}


def test_all_that_names_another_finds_it():
    labels = {name: pod["metadata"]["labels"] for name, pod in pods().items()}
    for doc in of("Deployment"):
        assert matches(doc["spec"]["selector"], labels[doc["metadata"]["name"]])
    for doc in of("HorizontalPodAutoscaler"):
        target = doc["spec"]["scaleTargetRef"]["name"]
        (scaled,) = [one for one in of("Deployment") if one["metadata"]["name"] == target]
        assert "replicas" not in scaled["spec"]  # else each apply would undo the scaling
    for doc in of("PodDisruptionBudget"):
        assert [n for n in labels if matches(doc["spec"]["selector"], labels[n])] == [doc["metadata"]["name"]]
    services = {doc["metadata"]["name"]: doc["spec"] for doc in of("Service")}
    for name in ("page", "redis"):
        (pod,) = [
            pods()[n]["spec"] for n in labels if services[name]["selector"].items() <= labels[n].items()
        ]
        ports = {port["name"] for port in pod["containers"][0]["ports"]}
        assert {port["targetPort"] for port in services[name]["ports"]} <= ports
    paths = of("Ingress")[0]["spec"]["rules"][0]["http"]["paths"]
    assert {path["path"]: path["backend"]["service"]["name"] for path in paths} == {
        "/": "page", "/metrics": "nobody", "/readyz": "nobody",
    }  # fmt: skip


def test_who_may_speak_to_whom():
    policies = {doc["metadata"]["name"]: doc["spec"] for doc in of("NetworkPolicy")}
    labels = {name: pod["metadata"]["labels"] for name, pod in pods().items()}

    def chosen(selector: dict[str, Any]) -> set[str]:
        return {name for name in labels if matches(selector, labels[name])}

    everything = policies["serval"]
    assert chosen(everything["podSelector"]) == {"page", "pictures", "redis"}
    assert set(everything["policyTypes"]) == {"Ingress", "Egress"}
    assert "ingress" not in everything
    assert chosen(policies["redis"]["podSelector"]) == {"redis"}
    assert chosen(policies["redis"]["ingress"][0]["from"][0]["podSelector"]) == {"page", "pictures"}
    assert chosen(policies["to-redis"]["podSelector"]) == {"page", "pictures"}


def test_a_pod_has_longer_to_stop_than_its_server():
    text = (ROOT / "gunicorn.conf.py").read_text()
    graceful = int(re.search(r"graceful_timeout = (\d+)", text)[1])
    spec = pods()["page"]["spec"]
    pause = int(spec["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][1])
    assert spec["terminationGracePeriodSeconds"] > graceful + pause
    assert int(SERVICES["page"]["stop_grace_period"].rstrip("s")) > graceful


def test_caddy_can_read_its_file(tmp_path: Path):
    if not shutil.which("caddy"):
        pytest.skip("no caddy on PATH")
    command = ["caddy", "adapt", "--adapter", "caddyfile", "--config", str(ROOT / "deploy" / "Caddyfile")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ":8080" in done.stdout

"""The wheel carries templates, migrations and the demo's declarations, and works from any folder."""

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def test_an_installed_wheel_creates_a_registry_from_another_folder(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(CHECKOUT)]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = tmp_path.glob("training_data_registry-*.whl")
    site = tmp_path / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    code = (
        "import registry.assets as a; from registry.cli.main import cli;"
        "print(a.__file__, a.folder('templates'), a.folder('migrations'), sep='\\n', flush=True);"
        "cli(['--home', 'home', 'init'])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=elsewhere,
        env={"PYTHONPATH": str(site), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(line.startswith(str(site)) for line in ran.stdout.splitlines())
    assert (elsewhere / "home" / "registry.db").exists()
    assert (site / "registry" / "app" / "demo" / "registry.yaml").exists()

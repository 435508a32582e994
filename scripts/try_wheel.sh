# Installs a wheel where nothing else is, and runs the whole path from another folder: PYTHON WHEEL.
set -eu
python=$1
wheel=$(realpath "$2")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$python" -m venv "$place/clean"
"$place/clean/bin/python" -m pip install --quiet --disable-pip-version-check "$wheel"
cd "$place"
printf '{"text": "The ferry bell counts the last of the day.", "by": "Jun Mori"}\n' > bell.jsonl
registry="$place/clean/bin/registry --quiet"
$registry ingest bell.jsonl --name bell --license CC0-1.0 --origin public --creator-field by
$registry train model --dataset bell --stage pretraining
$registry disclose model --out disclosure
$registry attribute model --out attribution
$registry query "SELECT dataset, records, license FROM public_model_dataset" --format csv
test -s disclosure/index.html
test -s attribution/ATTRIBUTION.txt
echo "the wheel works in a clean environment"

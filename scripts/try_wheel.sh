# Installs a wheel where nothing else is, and goes every way from another folder: PYTHON WHEEL.
set -eu
python=$1
wheel=$(realpath "$2")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$python" -m venv "$place/clean"
"$place/clean/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile "$wheel"
cd "$place"
registry="$place/clean/bin/registry --quiet"

echo "step by step, from the command line"
printf '{"text": "The ferry bell counts the last of the day.", "by": "Jun Mori"}\n' > bell.jsonl
$registry ingest bell.jsonl --name bell --license CC0-1.0 --origin public --creator-field by
$registry train model --dataset bell --stage pretraining
$registry disclose model --out disclosure
$registry attribute model --out attribution
$registry query "SELECT dataset, records, license FROM public_model_dataset" --format csv
$registry check model > check.txt
$registry dataset export bell --as croissant --out croissant.json
$registry model export model --as spdx --out model.spdx.json
grep -q Transparency check.txt
test -s disclosure/index.html
test -s disclosure/california.html
test -s attribution/ATTRIBUTION.txt

echo "from a file"
cat > registry.yaml <<'END'
datasets:
  - {name: bells, source: bell.jsonl, origin: public, license: CC0-1.0, fields: {creator: by}}
models:
  - name: ringer
    training: [{stage: pretraining, mixture: [{dataset: bells, epochs: 2}]}]
END
$registry schema > registry.schema.json
$registry apply registry.yaml
test -z "$($registry apply registry.yaml)"
$registry publish --out site --approved-by "The wheel"
test -s site/models/ringer/1/disclosure/1/disclosure.json
test -s site/public.db
test -s site/models/ringer/1/disclosure/index.html

echo "the demo"
$registry demo --out demo
test -s demo/public/models/snakelet-chat/1.0/index.html
echo "the wheel works in a clean environment"

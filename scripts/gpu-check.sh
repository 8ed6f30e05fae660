#!/usr/bin/env bash
# Checks the toolkit on a GPU and times it, beside PyTorch where that is there, in under eight minutes.
#
#   mvn package -Pcuda && scripts/gpu-check.sh [DIR]
#
# Writes DIR/gpu-check.json, DIR/gpu-check.txt (a short table, which is shown too) and what each step said; DIR is gpu-check where it is not
# given. Needs bash, python3 and nvidia-smi. From the environment:
#   FEWSHOT4J      how the toolkit is started                          target/fewshot4j/bin/fewshot4j
#   DEVICE         what it computes on (cpu tries the script itself)   cuda
#   CPU_GRADIENTS  a file of 'gradients --out', where the build has no CPU backend
#   CASES          a folder of cases for 'verify'                      ../shared/reference/cases
#   PEER           a benchmark of MAML in PyTorch                      ../shared/reference/torch_maml_bench.py
#   PYTHON         the Python that has PyTorch                         python3
#   ROWS           rows of 'bench', without spaces                     1,2,3,4,5,6,7,8,9,10
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${1:-gpu-check}
device=${DEVICE:-cuda}
cases=${CASES:-../shared/reference/cases}
peer=${PEER:-../shared/reference/torch_maml_bench.py}
python=${PYTHON:-python3}
rows=${ROWS:-1,2,3,4,5,6,7,8,9,10}
read -ra toolkit <<<"${FEWSHOT4J:-target/fewshot4j/bin/fewshot4j}"
mkdir -p "$out"
rm -rf "${out:?}"/*

# step NAME SECONDS COMMAND...: its result to NAME.json, its messages to NAME.log, its exit code and seconds to NAME.status
step() {
    local name=$1 limit=$2 start=$SECONDS code
    shift 2
    printf '%-16s' "$name" >&2
    timeout "$limit" "$@" >"$out/$name.json" 2>"$out/$name.log"
    code=$?
    echo "$code $((SECONDS - start))" >"$out/$name.status"
    echo "exit $code after $((SECONDS - start)) s" >&2
}

# compute NAME SECONDS WORDS...: a command of the toolkit on the device, as a step
compute() {
    local name=$1 limit=$2
    shift 2
    step "$name" "$limit" "${toolkit[@]}" "$@" --device "$device" --json --quiet
}

# beside ROW FLAGS...: the row in the forms of the PyTorch peer that a GPU can run
beside() {
    local row=$1 form forms=(manual manual-grouped functorch)
    shift
    [[ ",$rows," == *",$row,"* ]] || return 0
    [[ $row == 10 ]] && forms=(protonet)
    for form in "${forms[@]}"; do
        timeout 14 "$python" "$peer" --device "$device" --impl "$form" --shot 1 "$@" --iters 5 --warmup 2 --max-seconds 6 \
            --json "$out/peer-$row.jsonl" >>"$out/peer.log" 2>&1
    done
}

compute smoke 90 smoke
if [[ -d $cases ]]; then
    compute verify-float 60 verify "$cases" --precision float
    compute verify-double 60 verify "$cases"
fi
if [[ -n ${CPU_GRADIENTS:-} ]]; then
    cp "$CPU_GRADIENTS" "$out/cpu-gradients.npz"
else
    "${toolkit[@]}" gradients --device cpu --quiet --out "$out/cpu-gradients.npz" >"$out/cpu-gradients.log" 2>&1
fi
compute gradients 60 gradients --against "$out/cpu-gradients.npz"
nvidia-smi --query-gpu=memory.used --format=csv,noheader,nounits --loop-ms=500 >"$out/memory.csv" 2>/dev/null &
watch=$!
compute train 90 train --preset demo --out "$out/run" \
    --set iterations=200 meta-batch=32 filters=64 validate-every=0 checkpoint-every=200
kill "$watch" 2>/dev/null
compute bench 120 bench --rows "$rows" --repeats 5 --tasks-per-graph 32 --operations
if [[ -f $peer ]]; then
    five="--way 5 --meta-batch 32"
    twenty="--way 20 --meta-batch 16 --inner-steps 5"
    # shellcheck disable=SC2086
    {
        beside 1 $five --query 15 --inner-steps 1
        beside 2 $five --query 15 --inner-steps 5
        beside 3 $five --query 1 --inner-steps 1
        beside 4 $five --query 1 --inner-steps 5
        beside 5 $five --query 15 --inner-steps 1 --maxpool
        beside 6 $five --query 1 --inner-steps 5 --maxpool
        beside 7 $twenty --query 1
        beside 8 $twenty --query 15
        beside 9 --way 5 --meta-batch 4 --query 15 --inner-steps 5 --maxpool --image 84 --channels 3 --filters 32
        beside 10 --way 60 --query 5
    }
fi

python3 - "$out" "$SECONDS" "$(nvidia-smi --query-gpu=name,driver_version,memory.total,compute_cap --format=csv,noheader 2>/dev/null)" <<'PYTHON'
import csv, json, pathlib, statistics, sys

out, seconds, gpu = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
steps, table = {}, []


def note(what, ok, figure):
    table.append(f"{what:<44} {'ok' if ok else 'FAILED':<7} {figure}".rstrip())


for status in sorted(out.glob("*.status"), key=lambda path: path.stat().st_mtime):
    code, took = map(int, status.read_text().split())
    step = {"exit": code, "seconds": took}
    try:
        step["result"] = json.loads(status.with_suffix(".json").read_text())
    except ValueError:
        lines = status.with_suffix(".log").read_text().strip().splitlines()
        step["message"] = lines[-1] if lines else "no output"
    steps[status.stem] = step


def result(name):
    return steps.get(name, {}).get("result", {})


def worst(rows):
    row = max(rows, key=lambda row: row["difference"]["value"])
    return f"worst {row['difference']['value']:.1e} in {row.get('name', row.get('learner'))}"


for name, step in steps.items():
    if "message" in step:
        note(name, False, step["message"])
if result("smoke"):
    figures = result("smoke")["figures"]
    note("smoke", result("smoke")["ok"], f"{len(figures)} figures, product {result('smoke')['gemmGflops'] / 1000:.1f} TFLOP/s")
for name, key in (("verify-float", "cases"), ("verify-double", "cases"), ("gradients", "learners")):
    if result(name):
        note(name, result(name)["ok"], worst(result(name)[key]))
history = out / "run" / "history.csv"
if result("train") and history.exists():
    losses = [float(row["loss"]) for row in csv.DictReader(history.open())]
    first, last = statistics.mean(losses[:20]), statistics.mean(losses[-20:])
    steps["train"]["losses"] = losses
    note("train: loss falls", last < first, f"{first:.3f} to {last:.3f} in {len(losses)} iterations")
    used = [int(value) for value in (out / "memory.csv").read_text().split() if value.isdigit()]
    if len(used) >= 8:
        middle, end = (statistics.median(used[i * len(used) // 4:(i + 1) * len(used) // 4]) for i in (2, 3))
        steps["train"]["memoryMegabytes"] = used
        note("train: memory flat", end <= 1.02 * middle, f"{middle:.0f} MB, later {end:.0f} MB")
peers = {}
for path in out.glob("peer-*.jsonl"):
    forms = [json.loads(line) for line in path.read_text().splitlines()]
    peers[path.stem.split("-")[1]] = forms
rates = []
for row in result("bench").get("rows", []):
    calls = sum(time["calls"] for time in row["operations"])
    forms = peers.get(str(row["number"]), [])
    best = min((form["wall_median"] for form in forms), default=None)
    ratio = f"{row['seconds'] / best:7.2f}" if best else "      -"
    rates.append(f"{row['number']:>3}  {1 / row['seconds']:9.2f}  {100 * row['gemmShare']:5.1f} %  {calls:6}  {ratio}")
report = {"gpu": gpu, "seconds": seconds, "steps": steps, "peers": peers}
(out / "gpu-check.json").write_text(json.dumps(report, indent=1))
text = [gpu or "no GPU", *table]
if rates:
    text += ["", "row  iterations/s  share of   calls  seconds to", "                   product          PyTorch's best", *rates]
text.append(f"took {seconds} s")
(out / "gpu-check.txt").write_text("\n".join(text) + "\n")
print("\n".join(text))
sys.exit(any("FAILED" in line for line in table))
PYTHON

#!/usr/bin/env bash
# Trains on a real Spark cluster of this machine, one master and two workers as processes of their own, through executors, a worker and a driver that are
# killed, and compares every run with the ordinary one byte by byte. It needs target/fewshot4j-spark.jar and target/fewshot4j (mvn package -Pspark -DskipTests)
# and takes a few minutes. SPARK_HOME may name a distribution of Spark 4; without it Spark's jars come by Maven. KILLS=10 executors are killed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work=$(mktemp -d)
processes=()
stop() {
    for pid in "${processes[@]}"; do kill -9 "$pid" 2>/dev/null || true; done
    rm -rf "$work"
}
trap stop EXIT
trap 'tail -n 3 "$work"/*.log >&2' ERR

if [ -z "${SPARK_HOME:-}" ]; then
    export SPARK_HOME=$work/spark
    mvn --batch-mode --no-transfer-progress --quiet -f src/spark/home/pom.xml dependency:copy-dependencies -DoutputDirectory="$SPARK_HOME/jars"
fi
export SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
port=$((20000 + RANDOM % 10000))
master=spark://127.0.0.1:$port

spark=("$java" -Xmx1g -Dspark.deploy.maxExecutorRetries=-1 -cp "$SPARK_HOME/jars/*")
submit=("${spark[@]}" org.apache.spark.deploy.SparkSubmit --master "$master" --executor-memory 1g --driver-memory 1g --conf spark.ui.enabled=false
    --conf spark.local.dir="$work" target/fewshot4j-spark.jar)
worker() {
    "${spark[@]}" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 2g --webui-port 0 --work-dir "$work/executors-of-workers" "$master" \
        >>"$work/workers.log" 2>&1 &
    processes+=($!)
}
settings=(--set iterations="${ITERATIONS:-300}" image-size=16 filters=16 train-classes=50 validate-every=100 validation-episodes=20 checkpoint-every=50 test-inner-steps=1)
same() {
    diff -r "$work/here/checkpoints" "$work/$1/checkpoints"
    diff "$work/here/history.csv" "$work/$1/history.csv"
    echo "$1: the same bits as without Spark"
}
finished() { grep -q "training finished" "$work/$1.log"; }

"${spark[@]}" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0 >"$work/master.log" 2>&1 &
processes+=($!)
worker
worker1=$!
worker
worker2=$!
target/fewshot4j/bin/fewshot4j train --preset demo --out "$work/here" "${settings[@]}" >"$work/here.log" 2>&1

"${submit[@]}" train --preset demo --out "$work/undisturbed" "${settings[@]}" >"$work/undisturbed.log" 2>&1
same undisturbed

# Executors are the workers' children.
killed=0
"${submit[@]}" train --preset demo --out "$work/executors" "${settings[@]}" >"$work/executors.log" 2>&1 &
driver=$!
processes+=($driver)
until [ -e "$work/executors/history.csv" ]; do sleep 0.2; done
while kill -0 "$driver" && [ "$killed" -lt "${KILLS:-10}" ]; do
    sleep "$((1 + RANDOM % 2)).$((RANDOM % 10))"
    victim=$(pgrep -P "$worker1" -P "$worker2" | shuf -n 1 || true)
    if [ -n "$victim" ] && kill -9 "$victim"; then killed=$((killed + 1)); fi
done
wait "$driver"
finished executors
same executors
echo "executors killed: $killed"

"${submit[@]}" train --preset demo --out "$work/lost-worker" "${settings[@]}" >"$work/lost-worker.log" 2>&1 &
driver=$!
processes+=($driver)
until [ -e "$work/lost-worker/checkpoints/iteration-000050" ]; do sleep 0.2; done
pkill -9 -P "$worker2" || true
kill -9 "$worker2"
wait "$driver"
same lost-worker
worker

"${submit[@]}" train --preset demo --out "$work/driver" "${settings[@]}" >"$work/driver.log" 2>&1 &
driver=$!
processes+=($driver)
until [ -e "$work/driver/checkpoints/iteration-000100" ]; do sleep 0.2; done
kill -9 "$driver"
wait "$driver" 2>/dev/null || true
"${submit[@]}" train --resume "$work/driver" >"$work/driver-resumed.log" 2>&1
same driver

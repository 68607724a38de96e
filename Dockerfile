# The image: the jar that `mvn package` has built, in layers, on a Java runtime. No step needs the network.
#
#   docker build -t keysteward:local .
#
# It holds no configuration. Mount yours at /app/config, and a volume for the workbooks at /reports, which user 10001
# must be allowed to write. Nothing else is written but /tmp: it runs with a read-only root.
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre

FROM ${RUNTIME_IMAGE} AS layers
WORKDIR /layers
COPY target/keysteward.jar .
RUN java -Djarmode=tools -jar keysteward.jar extract --layers --destination extracted

FROM ${RUNTIME_IMAGE} AS app
WORKDIR /app
# From what seldom changes to what always does.
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
RUN mkdir /reports && chown 10001:10001 /reports

# The classes of a night, laid out once, and what the compilers learn in it: it takes two thirds of the CPU then. It is learnt from
# a second night, on the PostgreSQL of the tests, which refuses root. Where that does not start, `check` loads most of the
# classes, and fails.
FROM app AS trained
COPY . .
USER nobody
RUN learn='java -XX:+UseSerialGC -XX:CompileThresholdScaling=4 -Djdk.reflect.useNativeAccessorOnly=true'; \
    learn="$learn -XX:AOTCacheOutput=/tmp/keysteward.aot -jar keysteward.jar"; \
    export KEYSTEWARD_REPORT_DIRECTORY=/tmp; \
    java -cp 'target/test-classes:target/training/*:lib/*' io.keysteward.image.Training sh -c \
      "java -jar keysteward.jar run --run-key=first && $learn run --run-key=second" >/tmp/nights 2>&1 || { \
      grep -m 1 Exception /tmp/nights || tail -n 1 /tmp/nights; echo 'No night here, so check trains the AOT cache: build jar and image on the same processor, on Linux'; \
      $learn check >/tmp/check 2>&1; \
      [ -s /tmp/keysteward.aot ] || { cat /tmp/check; echo 'No AOT cache: RUNTIME_IMAGE has to be a Java 25 of HotSpot'; exit 1; }; }

FROM app
COPY --from=trained --chown=root:root /tmp/keysteward.aot ./
ENV KEYSTEWARD_REPORT_DIRECTORY=/reports
USER 10001:10001
# PID 1 is the JVM: it hears SIGTERM itself. Out of memory it ends with 1, "trying again may help"; with ExitOnOutOfMemoryError
# it would be 3, which is Keysteward's "done, but held". No core and no heap dump: keys' records are in them.
ENTRYPOINT ["java", "-XX:AOTCache=/app/keysteward.aot", "-XX:+UseSerialGC", "-XX:CompileThresholdScaling=4", "-Djdk.reflect.useNativeAccessorOnly=true", "-XX:MaxRAMPercentage=70", "-XX:+CrashOnOutOfMemoryError", "-XX:ErrorFile=/tmp/java-error.log", "-XX:-CreateCoredumpOnCrash", "-jar", "keysteward.jar"]
CMD ["--help"]

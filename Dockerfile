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

FROM ${RUNTIME_IMAGE}
WORKDIR /app
# From what seldom changes to what always does.
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
RUN mkdir /reports && chown 10001:10001 /reports
# The classes of a start, laid out once: it takes two thirds of the CPU then. `check` loads most of them, those of a workbook
# included, and fails, for there is no database here.
RUN SPRING_DATASOURCE_URL=jdbc:postgresql://localhost:1/none java -XX:+UseSerialGC -XX:AOTCacheOutput=keysteward.aot -jar keysteward.jar check >/tmp/check 2>&1; \
    [ -s keysteward.aot ] || { cat /tmp/check; echo 'No AOT cache: RUNTIME_IMAGE has to be a Java 25 of HotSpot'; exit 1; }; rm /tmp/check
ENV KEYSTEWARD_REPORT_DIRECTORY=/reports
USER 10001:10001
# PID 1 is the JVM: it hears SIGTERM itself. Out of memory it ends with 1, "trying again may help"; with ExitOnOutOfMemoryError
# it would be 3, which is Keysteward's "done, but held". No core and no heap dump: keys' records are in them.
ENTRYPOINT ["java", "-XX:AOTCache=/app/keysteward.aot", "-XX:+UseSerialGC", "-XX:CompileThresholdScaling=4", "-XX:MaxRAMPercentage=70", "-XX:+CrashOnOutOfMemoryError", "-XX:ErrorFile=/tmp/java-error.log", "-XX:-CreateCoredumpOnCrash", "-jar", "keysteward.jar"]
CMD ["--help"]

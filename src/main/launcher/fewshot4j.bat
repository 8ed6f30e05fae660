@echo off
rem Starts fewshot4j with the Java of JAVA_HOME, or else of the PATH.
rem FEWSHOT4J_OPTS: options for Java, such as -Xmx4g -Dorg.bytedeco.javacpp.maxbytes=8g
setlocal EnableExtensions DisableDelayedExpansion

set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%JAVA%" (
    >&2 echo fewshot4j: JAVA_HOME must be the folder of a Java 17 or newer, got "%JAVA_HOME%"; correct it, or unset it to use the java on the PATH
    exit /b 1
)
if not defined JAVA_HOME for %%j in (java.exe) do if "%%~$PATH:j"=="" (
    >&2 echo fewshot4j: needs Java 17 or newer, found none; install one and put it on the PATH, or set JAVA_HOME
    exit /b 1
)

rem The JDK's file "release" says the version without a start of Java; the java on the PATH is asked.
set "VERSION="
if defined JAVA_HOME if exist "%JAVA_HOME%\release" (
    for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%JAVA_HOME%\release"') do set "VERSION=%%~v"
)
if not defined VERSION (
    for /f "tokens=3" %%v in ('call "%JAVA%" -version 2^>^&1 ^| findstr /c:" version "') do set "VERSION=%%~v"
)
set "MAJOR=0"
for /f "tokens=1 delims=.-+" %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% LSS 17 (
    >&2 echo fewshot4j: needs Java 17 or newer, got "%VERSION%"; set JAVA_HOME to a newer one
    exit /b 1
)

rem One thread for each operation: fewshot4j runs tasks side by side itself. Waiting threads must not spin.
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=passive"
if not defined KMP_BLOCKTIME set "KMP_BLOCKTIME=0"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"

set "OPTIONS=-Djava.awt.headless=true -XX:+UseSerialGC -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20"
if %MAJOR% GEQ 24 set "OPTIONS=%OPTIONS% --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
"%JAVA%" %OPTIONS% %FEWSHOT4J_OPTS% -Dlogback.configurationFile="%~dp0..\conf\logback.xml" -Dfewshot4j.home="%~dp0.." -cp "%~dp0..\lib\fewshot4j.jar" io.fewshot4j.cli.Main %*
exit /b %ERRORLEVEL%

@echo off
rem The lab command on Windows, the same script in three places; the script lab, next to it, says what it does.
setlocal EnableDelayedExpansion
set "here=%~dp0"
set "here=%here:~0,-1%"

if exist "%here%\.lab\home" (
  set /p home=<"%here%\.lab\home"
  if not exist "!home!\lab.cmd" (
    echo The checkout that this workspace was made from is not at !home! any more. 1>&2
    echo Write its new place into %here%\.lab\home. 1>&2
    exit /b 2
  )
  set "LAB_WORKSPACE=%here%"
  call "!home!\lab.cmd" %*
  exit /b !errorlevel!
)

set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo There is no Java here. 1>&2
  echo Install a JDK, 17 or newer, and put its bin directory on the PATH. 1>&2
  exit /b 2
)

if not defined LAB_WORKSPACE set "LAB_WORKSPACE=%here%"
if exist "%here%\.lab\lib" (
  set "home="
  set "class_path=%here%\.lab\lib\*"
  goto run
)

set "home=%here%"
set "all="
for %%c in (bench grade grade-all course gradebook handout autograder audit new-exercise kv) do if /i "%~1"=="%%c" set "all=1"
if defined all (
  set "target=%here%\grader\target"
  set "sources='%here%\lab-*\src', '%here%\grader'"
  set "arguments=-DskipTests -pl grader -am"
  set "what=what '%~1' needs: hidden tests, benchmarks, the audit"
  set "how_long=About two minutes of computing; the first time, Maven also fetches libraries."
) else (
  set "target=%here%\grader\tool\target"
  set "sources='%here%\lab-*\src\main', '%here%\grader\tool\pom.xml', '%here%\grader\tool\src\main'"
  set "arguments=-DtoolOnly -pl grader/tool -am"
  set "what=the students' commands"
  set "how_long=About half a minute of computing; the first time, Maven also fetches libraries (50 MB)."
)
set "stamp=%target%\lab.built"
if not exist "%target%" mkdir "%target%"
if not exist "%here%\grader\target" mkdir "%here%\grader\target"
call :is_stale
if not defined stale goto built
where mvn >nul 2>&1
if errorlevel 1 (
  echo There is no Maven here, and the lab command builds itself with it. 1>&2
  echo Install Maven, 3.8 or newer, and put its bin directory on the PATH. 1>&2
  exit /b 2
)

rem The lock is a file that is open for writing: Windows lets only one process have it, and gives it back when that ends.
set "waiting="
:lock
set "outcome="
3>&2 2>nul (
  9>"%here%\grader\target\lab.lock" (
    call :build 2>&3
  )
)
if not defined outcome (
  if not defined waiting echo Another process is building the lab command already; waiting for it ... 1>&2
  set "waiting=1"
  ping -n 2 127.0.0.1 >nul
  goto lock
)
if not "%outcome%"=="0" exit /b 2

:built
if defined all (
  set "class_path=%target%\lib\*"
) else (
  for %%j in ("%target%\grader-tool-*-SNAPSHOT.jar") do set "class_path=%%j;%target%\lib\*"
)
goto run

:is_stale
set "stale=1"
if exist "%stamp%" (
  set "stale="
  for /f %%n in ('powershell -NoProfile -Command "$built = (Get-Item '%stamp%').LastWriteTime; Get-ChildItem '%here%\pom.xml', '%here%\lab-*\pom.xml', %sources% -Recurse -File | Where-Object FullName -notmatch '\\(target|zoo|mutants|contracts)\\' | Where-Object LastWriteTime -gt $built | Select-Object -First 1 | ForEach-Object { 1 }"') do set "stale=%%n"
)
exit /b 0

:build
rem Another process may have built while this one waited for the lock.
call :is_stale
if not defined stale (
  set "outcome=0"
  exit /b 0
)
echo Building %what% with Maven: once, and again when its sources change. 1>&2
echo %how_long% 1>&2
if exist "%stamp%" del "%stamp%"
if exist "%target%\lib" rmdir /s /q "%target%\lib"
type nul > "%stamp%.new"
pushd "%here%"
call mvn -q -B -ntp package -DskipAnalysis %arguments% 1>&2
set "outcome=!errorlevel!"
popd
if not "!outcome!"=="0" (
  echo The build failed; Maven's errors are above. 1>&2
  echo Put them right and call lab again. 1>&2
  exit /b 2
)
move /y "%stamp%.new" "%stamp%" >nul
exit /b 0

:run
rem A server runs for long, and a measurement is of what does: both compilers, and a collector that hardly stops it.
set "flags=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
if /i "%~1"=="kv" for %%w in (%*) do for %%l in (serve bench load) do if "%%~w"=="%%l" set "flags=-XX:+UseG1GC"
"%java%" %flags% -Xshare:auto "-Dlab.home=%home%" "-Dlab.workspace=%LAB_WORKSPACE%" -Dlab.terminal=false -Dlab.interactive=true -cp "%class_path%" storagelab.grader.cli.Main %*
exit /b %errorlevel%

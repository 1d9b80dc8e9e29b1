@echo off
rem The lab command on Windows. Builds itself on first use and whenever a source is newer than the build.
setlocal EnableDelayedExpansion
set "home=%~dp0"
set "home=%home:~0,-1%"
set "target=%home%\grader\target"
set "stamp=%target%\lab.built"

set "java=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
"%java%" -version >nul 2>&1
if errorlevel 1 (
  echo There is no Java here. 1>&2
  echo Install a JDK, 17 or newer, and put its bin directory on the PATH. 1>&2
  exit /b 2
)

set "stale=1"
if exist "%stamp%" (
  set "stale="
  for /f %%n in ('powershell -NoProfile -Command "$built = (Get-Item '%stamp%').LastWriteTime; Get-ChildItem '%home%\pom.xml', '%home%\lab-*\pom.xml', '%home%\lab-*\src', '%home%\grader\pom.xml', '%home%\grader\src' -Recurse | Where-Object LastWriteTime -gt $built | Select-Object -First 1 | ForEach-Object { 1 }"') do set "stale=%%n"
)
if defined stale (
  where mvn >nul 2>&1
  if errorlevel 1 (
    echo There is no Maven here, and the lab command builds itself with it. 1>&2
    echo Install Maven, 3.8 or newer, and put its bin directory on the PATH. 1>&2
    exit /b 2
  )
  echo Building the lab command ^(once, and again when its sources change^) ... 1>&2
  if not exist "%target%" mkdir "%target%"
  type nul > "%stamp%.new"
  if exist "%target%\lib" rmdir /s /q "%target%\lib"
  pushd "%home%"
  call mvn -q -B -ntp package -DskipTests -pl grader -am 1>&2
  if errorlevel 1 (
    popd
    echo The build failed; Maven's errors are above. 1>&2
    exit /b 2
  )
  popd
  move /y "%stamp%.new" "%stamp%" >nul
)

set "jar="
for %%j in ("%target%\grader-*-SNAPSHOT.jar") do set "jar=%%j"
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Dfile.encoding=UTF-8 "-Dlab.home=%home%" -Dlab.terminal=false -Dlab.interactive=true -cp "%jar%;%target%\lib\*" storagelab.grader.cli.Main %*
exit /b %errorlevel%

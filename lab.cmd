@echo off
rem The lab command on Windows, the same script in three places; see the script lab beside it for what it does.
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
set "target=%here%\grader\target"
set "stamp=%target%\lab.built"
set "stale=1"
if exist "%stamp%" (
  set "stale="
  for /f %%n in ('powershell -NoProfile -Command "$built = (Get-Item '%stamp%').LastWriteTime; Get-ChildItem '%here%\pom.xml', '%here%\lab-*\pom.xml', '%here%\lab-*\src', '%here%\grader' -Recurse -File | Where-Object FullName -notmatch '\\(target|zoo|mutants|contracts)\\' | Where-Object LastWriteTime -gt $built | Select-Object -First 1 | ForEach-Object { 1 }"') do set "stale=%%n"
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
  pushd "%here%"
  call mvn -q -B -ntp package -DskipTests -pl grader -am 1>&2
  if errorlevel 1 (
    popd
    echo The build failed; Maven's errors are above. 1>&2
    echo Put them right and call lab again. 1>&2
    exit /b 2
  )
  popd
  move /y "%stamp%.new" "%stamp%" >nul
)
set "class_path=%target%\lib\*"

:run
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto "-Dlab.home=%home%" "-Dlab.workspace=%LAB_WORKSPACE%" -Dlab.terminal=false -Dlab.interactive=true -cp "%class_path%" storagelab.grader.cli.Main %*
exit /b %errorlevel%

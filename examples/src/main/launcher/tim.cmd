@echo off
rem Starts the command line. JAVA_HOME chooses the Java, JAVA_OPTS is added to its options.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
where "%java%" >nul 2>nul || if not exist "%java%.exe" (
  echo tim: no Java at '%java%'; install Java 17 or later, or set JAVA_HOME 1>&2
  exit /b 2
)

rem OpenBLAS 0.3.19 does not know AMD's processors with AVX-512 (families 25, from model 16 on, and 26).
rem Only the newest family can be told from its number alone.
if not defined OPENBLAS_CORETYPE (
  echo %PROCESSOR_IDENTIFIER% | findstr /c:"AMD64 Family 26 " >nul && set "OPENBLAS_CORETYPE=SkylakeX"
)

rem The Vector API makes the kernels of Java 17 faster where the command runs for more than seconds. It
rem is an incubator module: Java says so in a line, for which help does without.
set "command="
for %%w in (%*) do (
  if "%%~w"=="--help" set "command=help"
  if "%%~w"=="-h" set "command=help"
  if "%%~w"=="--version" set "command=help"
  if "%%~w"=="-V" set "command=help"
  if not defined command call :word "%%~w"
)
set "vector="
if defined JAVA_HOME for %%c in (train evaluate bench synthesize sweep) do if "%command%"=="%%c" (
  findstr /b /c:"JAVA_VERSION=\"17." "%JAVA_HOME%\release" >nul 2>nul && (
    findstr /c:"jdk.incubator.vector" "%JAVA_HOME%\release" >nul 2>nul && set "vector=--add-modules jdk.incubator.vector"
  )
)

rem Spark, which a build with -Pspark brings, uses packages of Java's own. Its jars come first where it trains.
set "exports="
set "classes=%home%\lib\*"
if exist "%home%\spark\jars" (
  set "exports=--add-exports java.base/sun.nio.ch=ALL-UNNAMED --add-exports java.base/sun.security.action=ALL-UNNAMED"
  set "classes=%home%\lib\*;%home%\spark\jars\*"
  echo " %* " | findstr /c:" --spark" >nul && set "classes=%home%\spark\jars\*;%home%\lib\*"
)
"%java%" %vector% %exports% -Xmx2g -XX:+UseSerialGC -Xms20m -Xmn8m -XX:+AlwaysPreTouch -XX:SurvivorRatio=4 -XX:TargetSurvivorRatio=90 -XX:InlineSmallCode=1000 -XX:+IgnoreUnrecognizedVMOptions -Dorg.bytedeco.javacpp.maxbytes=16g -Dorg.bytedeco.javacpp.maxphysicalbytes=20g -Djava.awt.headless=true "-Dtim.models=%home%\models" --enable-native-access=ALL-UNNAMED %JAVA_OPTS% -cp "%classes%" org.tim4j.cli.Tim %*
exit /b %ERRORLEVEL%

:word
set "first=%~1"
if not "%first:~0,1%"=="-" set "command=%~1"
exit /b 0

@echo off
rem Starts the command line. JAVA_HOME chooses the Java, JAVA_OPTS is added to its options.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
rem Spark, which a build with -Pspark brings, uses packages of Java's own.
set "exports="
if exist "%home%\spark\jars" set "exports=--add-exports java.base/sun.nio.ch=ALL-UNNAMED --add-exports java.base/sun.security.action=ALL-UNNAMED"
"%java%" -Xmx2g -XX:+UseSerialGC -Xms20m -Xmn8m -XX:+AlwaysPreTouch -XX:SurvivorRatio=4 -XX:TargetSurvivorRatio=90 -XX:InlineSmallCode=1000 -Dorg.bytedeco.javacpp.maxbytes=16g -Dorg.bytedeco.javacpp.maxphysicalbytes=20g -Djava.awt.headless=true --enable-native-access=ALL-UNNAMED %exports% %JAVA_OPTS% -cp "%home%\lib\*;%home%\spark\jars\*" org.tim4j.cli.Tim %*
exit /b %ERRORLEVEL%

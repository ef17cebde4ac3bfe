# page.cmake -- makes page.c: fetches the packages of web/ and bundles them into
# one page; see CMakeLists.txt.
#
#   cmake -DNODE= -DNPM= -DSOURCE=bench/report -DWORK= -DOUT= -DMODE= -P
#
# Works on a copy, so that the source tree stays as it is.
file(COPY ${SOURCE}/web/ DESTINATION ${WORK} PATTERN node_modules EXCLUDE)
file(SHA256 ${WORK}/package-lock.json lock)
set(stamp ${WORK}/node_modules/.fetched-${lock})

set(PAGE_MISSING "")
if(NOT EXISTS ${stamp})
    execute_process(
        COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund
        WORKING_DIRECTORY ${WORK}
        RESULT_VARIABLE status
        OUTPUT_FILE ${WORK}/npm.log
        ERROR_FILE ${WORK}/npm.log)
    if(status EQUAL 0)
        file(TOUCH ${stamp})
    else()
        set(PAGE_MISSING "this build has no HTML reports, for npm could not \
fetch their packages: ${WORK}/npm.log says why; then remove ${OUT} and build \
again, or use --markdown")
    endif()
endif()
if(NOT PAGE_MISSING)
    execute_process(
        COMMAND ${NODE} build.mjs ${OUT}
        WORKING_DIRECTORY ${WORK}
        RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        set(PAGE_MISSING "this build has no HTML reports, for bundling them \
failed: build again to see how, having removed ${OUT}, or use --markdown")
    endif()
endif()
if(PAGE_MISSING)
    if(MODE STREQUAL "ON")
        message(FATAL_ERROR "${PAGE_MISSING}")
    endif()
    message("${PAGE_MISSING}")
    configure_file(${SOURCE}/page_none.c.in ${OUT} @ONLY)
endif()

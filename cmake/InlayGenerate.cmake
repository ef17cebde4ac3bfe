# inlay_generate(TARGET schema.inlay...)
#
# Compiles schemas to C as part of a target: NAME.inlay.c becomes one of its
# sources, and its headers are found by `#include "NAME.inlay.h"`. Both are made
# again when the schema, a file it imports, or the compiler changes.
#
#   IMPORT_DIRS dir...   where imports are looked for, after the schema's folder
function(inlay_generate target)
    cmake_parse_arguments(ARG "" "" "IMPORT_DIRS" ${ARGN})
    set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}.inlay)
    file(MAKE_DIRECTORY ${out})
    set(search "")
    foreach(dir IN LISTS ARG_IMPORT_DIRS)
        get_filename_component(dir ${dir} ABSOLUTE)
        list(APPEND search -I ${dir})
    endforeach()
    foreach(schema IN LISTS ARG_UNPARSED_ARGUMENTS)
        get_filename_component(path ${schema} ABSOLUTE)
        get_filename_component(name ${schema} NAME_WLE)
        set(made ${out}/${name}.inlay)
        # The header first, as in the dependency file: Ninja compares the two
        # and would make both again at every build.
        add_custom_command(
            OUTPUT ${made}.h ${made}.c
            COMMAND $<TARGET_FILE:inlay-cli> gen --lang c --out ${out}
                    --depfile ${made}.d ${search} ${path}
            DEPENDS inlay-cli ${path}
            DEPFILE ${made}.d
            COMMENT "Compiling schema ${schema}"
            VERBATIM)
        target_sources(${target} PRIVATE ${made}.c ${made}.h)
    endforeach()
    target_include_directories(${target} PUBLIC ${out})
    target_link_libraries(${target} PUBLIC inlay)
endfunction()

# generated_walk(TARGET schema.inlay imports...): adds the schema's walker.
function(generated_walk target schema)
    get_filename_component(path ${schema} ABSOLUTE)
    get_filename_component(name ${schema} NAME_WLE)
    set(made ${CMAKE_CURRENT_BINARY_DIR}/${target}_walk.c)
    set(imports "")
    foreach(import IN LISTS ARGN)
        get_filename_component(import ${import} ABSOLUTE)
        list(APPEND imports ${import})
    endforeach()
    add_custom_command(
        OUTPUT ${made}
        COMMAND gen_walk ${path} ${made}
        DEPENDS gen_walk ${path} ${imports}
        VERBATIM)
    target_sources(${target} PRIVATE ${made})
    # It has functions for all types, reached from a root or not.
    set_source_files_properties(${made} PROPERTIES
        COMPILE_OPTIONS "-Wno-unused-function")
endfunction()

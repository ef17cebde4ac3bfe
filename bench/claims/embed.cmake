# cmake -DOUT=FILE.c -DFILES=a;b -P embed.cmake: files as arrays (workload.h).

set(arrays "")
set(rows "")
foreach(path IN LISTS FILES)
    get_filename_component(name ${path} NAME)
    string(MAKE_C_IDENTIFIER ${name} identifier)
    file(READ ${path} bytes HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
    string(APPEND arrays "static const char ${identifier}[] = {${bytes}};\n")
    string(APPEND rows
           "    {\"${name}\", ${identifier}, sizeof ${identifier}},\n")
endforeach()
file(WRITE ${OUT} "#include \"bench/claims/workload.h\"\n\n${arrays}
const workload_file workload_files[] = {
${rows}    {NULL, NULL, 0},
};
")

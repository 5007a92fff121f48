# sahut_embed(TARGET NAMESPACE ROOT FILE…): puts FILEs into TARGET with the assembler's .incbin and generates
# <embedded/NAMESPACE.hpp> with `std::span<const sahut::embedded::File> sahut::embedded::NAMESPACE()`, each File {path
# relative to ROOT, bytes}, sorted by path. .incbin instead of a byte array: no compile cost, exact bytes.
function(sahut_embed target namespace root)
  set(dir ${CMAKE_BINARY_DIR}/embedded/embedded)
  set(files ${ARGN})
  list(SORT files)
  set(asm "")
  set(table "")
  set(externs "")
  set(index 0)
  foreach(file IN LISTS files)
    file(RELATIVE_PATH path ${root} ${file})
    set(symbol "sahut_embedded_${namespace}_${index}")
    string(APPEND asm ".global ${symbol}\n${symbol}:\n.incbin \"${file}\"\n.global ${symbol}_end\n${symbol}_end:\n.byte 0\n")
    string(APPEND externs "extern const char ${symbol}[], ${symbol}_end[];\n")
    string(APPEND table "      {\"${path}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(MAKE_DIRECTORY ${dir})
  file(WRITE ${dir}/${namespace}.S.new ".section .rodata\n${asm}.section .note.GNU-stack,\"\",@progbits\n")
  file(WRITE ${dir}/${namespace}.hpp.new
       "#pragma once\n#include <embedded/file.hpp>\nnamespace sahut::embedded {\nstd::span<const File> ${namespace}();\n}\n")
  file(WRITE ${dir}/${namespace}.cpp.new
       "#include <embedded/${namespace}.hpp>\n#include <vector>\nextern \"C\" {\n${externs}}\nnamespace sahut::embedded {\nstd::span<const File> ${namespace}() {\n  static const std::vector<File> files = {\n${table}  };\n  return files;\n}\n}\n")
  file(WRITE ${dir}/file.hpp.new
       "#pragma once\n#include <span>\n#include <string_view>\nnamespace sahut::embedded {\n/// One embedded file: its path below the folder it was taken from, and its bytes (valid for the program's life).\nstruct File {\n  std::string_view path;\n  std::string_view bytes;\n};\n}\n")
  foreach(name ${namespace}.S ${namespace}.hpp ${namespace}.cpp file.hpp)
    configure_file(${dir}/${name}.new ${dir}/${name} COPYONLY)
  endforeach()
  set_source_files_properties(${dir}/${namespace}.S PROPERTIES OBJECT_DEPENDS "${files}")
  set_source_files_properties(${dir}/${namespace}.S ${dir}/${namespace}.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON
                              SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${dir}/${namespace}.S ${dir}/${namespace}.cpp)
  target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR}/embedded)
endfunction()

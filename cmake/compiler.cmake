# How every file is compiled: C++20, all warnings as errors, hardening, ccache and mold when they are there.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

find_program(SAHUT_CCACHE ccache)
if(SAHUT_CCACHE)
  # Precompiled headers and ccache agree only with these sloppiness flags (ccache manual, "Precompiled headers"). Depend
  # mode: an empty cache, as in CI, costs no preprocessing of its own.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} ${SAHUT_CCACHE})
endif()
find_program(SAHUT_MOLD mold)
if(SAHUT_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
                    -Wold-style-cast -Woverloaded-virtual -Wnull-dereference -Werror -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports these inside its own headers and in coroutine frames with -O2 (gcc bugs 105562, 105329, 100834, 103993).
  add_compile_options(-Wno-null-dereference -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow -Wno-mismatched-new-delete
                      -fpch-preprocess)
  if(CMAKE_UNITY_BUILD)
    add_compile_options(-Wno-subobject-linkage) # an unnamed namespace in an "included" file is the file's own here
  endif()
  if(CMAKE_BUILD_TYPE MATCHES "Rel")
    add_compile_options(-Wno-array-bounds) # with -O3, for "literal" + std::string (gcc bug 105651)
  endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_compile_options(-Wno-error=unused-command-line-argument)
endif()

if(SAHUT_SANITIZE)
  add_compile_options(-fsanitize=${SAHUT_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SAHUT_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND SAHUT_SANITIZE MATCHES "thread")
    add_compile_options(-Wno-tsan) # Boost uses atomic_thread_fence, which TSan does not model
  endif()
else()
  add_compile_options(-fstack-protector-strong -fcf-protection)
  if(CMAKE_BUILD_TYPE MATCHES "Rel")
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  endif()
  add_link_options(-pie -Wl,-z,relro,-z,now)
endif()
if(SAHUT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link) # coverage in the libraries too, or libFuzzer is blind
endif()

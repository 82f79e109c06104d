# SPDX-License-Identifier: BSD-2-Clause
# Reads clang's syntax tree of all raw headers and prints one C probe a line: kind, name and
# expression, separated by tabs. An expression is a constant to compare, or "same(X, TYPE)": X
# must have that type.

# Not: names of the compiler and of <stdint.h>, and what only libsel4's own stubs use.
def public:
    test("^(__sel4|[A-Za-z])")
    and (test("^(strcpy|u?int(max|ptr|[0-9]+)_t|(arm|riscv|x64)_sys_.*)$") | not);

def nameless: test("unnamed|anonymous");
def member($of; $field): "((\($of) *)0)->\($field)";

.inner
| map(select(.isImplicit | not)) as $all
| ($all | map(select(.kind == "TypedefDecl")
              | {key: (.inner[0].ownedTagDecl.id // .inner[0].inner[0].decl.id // ""),
                 value: .name})
        | from_entries) as $alias
| $all[]
| if .kind == "FunctionDecl" and (.name | public) then
      ["function", .name, "same(\(.name), \(.type.qualType))"]
  elif .kind == "VarDecl" and (.name | public) then
      ["variable", .name, "same(\(.name), \(.type.qualType))"]
  elif .kind == "TypedefDecl" and (.name | public) then
      (["type", .name, "sizeof(\(.name))"],
       ["type", .name, "_Alignof(\(.name))"],
       (.type.desugaredQualType // .type.qualType) as $type
       | select($type | test("^(struct|union|enum) |_t$|^seL4_") or nameless | not)
       | ["type", .name, "same((\(.name)){0}, \($type))"])
  elif .kind == "EnumDecl" then
      (.name // "") as $enum
      | .inner[]?
      | select(.kind == "EnumConstantDecl" and (.name | public))
      | [(if $enum | test("invocation_label$") then "invocation label"
          elif .name | test("^seL4_Sys") then "system call number"
          else "enumerator" end), .name, .name]
  elif .kind == "RecordDecl" and .completeDefinition then
      ($alias[.id] // "\(.tagUsed) \(.name // "")") as $of
      | select($of | test("^(struct|union) $") | not)
      | (["structure", $of, "sizeof(\($of))"],
         (.inner[]?
          | select(.kind == "FieldDecl" and .name and (.isBitfield | not))
          | (["member", "\($of).\(.name)", "__builtin_offsetof(\($of), \(.name))"],
             (.type.qualType as $type
              | select($type | nameless | not)
              | ["member", "\($of).\(.name)", "same(\(member($of; .name)), \($type))"]))))
  else empty end
| @tsv

/*
 * The Common Expression Language, as the API server reads it.
 *
 * ANTLR words a syntax error by the grammar: by which tokens fit at a place, by the order of the tokens, by how far it must look
 * ahead to choose a rule. And the limit of the depth counts how often each rule is entered. So the rules, their alternatives and
 * the order of the tokens are those of cel-go v0.26.0 (https://github.com/google/cel-go, parser/gen/CEL.g4), and must stay so.
 *
 * `node scripts/cel-grammar.ts` makes lexer.ts and parser.ts of it.
 */
grammar Cel;

source : body=expression EOF ;

expression : test=either (mark='?' yes=either ':' no=expression)? ;
either : first=both (marks+='||' others+=both)* ;
both : first=comparison (marks+='&&' others+=comparison)* ;

comparison
  : whole=sum
  | left=comparison mark=('<' | '<=' | '>=' | '>' | '==' | '!=' | 'in') right=comparison
  ;

sum
  : whole=signed
  | left=sum mark=('*' | '/' | '%') right=sum
  | left=sum mark=('+' | '-') right=sum
  ;

signed
  : whole=member                # Unsigned
  | marks+='!'+ operand=member  # Not
  | marks+='-'+ operand=member  # Minus
  ;

member
  : whole=primary                                                        # Plain
  | operand=member mark='.' optional='?'? field=fieldName                # FieldOf
  | operand=member '.' name=IDENTIFIER mark='(' args=expressions? ')'    # MethodCall
  | operand=member mark='[' optional='?'? index=expression ']'           # IndexOf
  ;

primary
  : dot='.'? name=IDENTIFIER                                                                     # Name
  | dot='.'? name=IDENTIFIER (mark='(' args=expressions? ')')                                    # FunctionCall
  | '(' inner=expression ')'                                                                     # Nested
  | mark='[' elements=listElements? ','? ']'                                                     # NewList
  | mark='{' entries=mapEntries? ','? '}'                                                        # NewMap
  | dot='.'? names+=IDENTIFIER ('.' names+=IDENTIFIER)* mark='{' fields=structFields? ','? '}'   # NewStruct
  | constant=literal                                                                             # Constant
  ;

expressions : items+=expression (',' items+=expression)* ;
listElements : items+=optionalExpression (',' items+=optionalExpression)* ;
structFields : names+=optionalField marks+=':' values+=expression (',' names+=optionalField marks+=':' values+=expression)* ;
optionalField : mark='?'? name=fieldName ;
mapEntries : keys+=optionalExpression marks+=':' values+=expression (',' keys+=optionalExpression marks+=':' values+=expression)* ;

fieldName
  : name=IDENTIFIER      # SimpleName
  | name=ESC_IDENTIFIER  # QuotedName
  ;

optionalExpression : mark='?'? value=expression ;

literal
  : sign='-'? token=NUM_INT    # Int
  | token=NUM_UINT             # Uint
  | sign='-'? token=NUM_FLOAT  # Double
  | token=STRING               # String
  | token=BYTES                # Bytes
  | 'true'                     # True
  | 'false'                    # False
  | 'null'                     # Null
  ;

/* The order of the tokens is the order in which "expecting {...}" names them. */
EQUAL : '==' ;
NOT_EQUAL : '!=' ;
IN : 'in' ;
LESS : '<' ;
AT_MOST : '<=' ;
AT_LEAST : '>=' ;
GREATER : '>' ;
AND : '&&' ;
OR : '||' ;
OPEN_BRACKET : '[' ;
CLOSE_BRACKET : ']' ;
OPEN_BRACE : '{' ;
CLOSE_BRACE : '}' ;
OPEN_PAREN : '(' ;
CLOSE_PAREN : ')' ;
DOT : '.' ;
COMMA : ',' ;
MINUS : '-' ;
BANG : '!' ;
QUESTION : '?' ;
COLON : ':' ;
PLUS : '+' ;
STAR : '*' ;
SLASH : '/' ;
PERCENT : '%' ;
TRUE : 'true' ;
FALSE : 'false' ;
NULL : 'null' ;

SPACE : [\t \r\n\u000C]+ -> channel(HIDDEN) ;
COMMENT : '//' ~'\n'* -> channel(HIDDEN) ;

/* Messages name the tokens from here on by these names. */
NUM_FLOAT
  : DIGIT+ '.' DIGIT+ EXPONENT?
  | DIGIT+ EXPONENT
  | '.' DIGIT+ EXPONENT?
  ;
NUM_INT : DIGIT+ | '0x' HEX+ ;
NUM_UINT : (DIGIT+ | '0x' HEX+) [uU] ;
STRING
  : '"' (ESCAPE | ~[\\"\n\r])* '"'
  | '\'' (ESCAPE | ~[\\'\n\r])* '\''
  | '"""' (ESCAPE | ~'\\')*? '"""'
  | '\'\'\'' (ESCAPE | ~'\\')*? '\'\'\''
  | [rR] '"' ~["\n\r]* '"'
  | [rR] '\'' ~['\n\r]* '\''
  | [rR] '"""' .*? '"""'
  | [rR] '\'\'\'' .*? '\'\'\''
  ;
BYTES : [bB] STRING ;
IDENTIFIER : [A-Za-z_] [A-Za-z0-9_]* ;
ESC_IDENTIFIER : '`' [A-Za-z0-9_.\-/ ]+ '`' ;

fragment DIGIT : [0-9] ;
fragment HEX : [0-9a-fA-F] ;
fragment EXPONENT : [eE] [+-]? DIGIT+ ;
fragment ESCAPE
  : '\\' [abfnrtv"'\\?`]
  | '\\' [0-3] [0-7] [0-7]
  | '\\' [xX] HEX HEX
  | '\\u' HEX HEX HEX HEX
  | '\\U' HEX HEX HEX HEX HEX HEX HEX HEX
  ;

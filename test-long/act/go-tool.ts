/** A Go program that says its version, and is an MCP server with one tool. */
export const goTool: Record<string, string> = {
  "go.mod": "module example.com/shop\n\ngo 1.24\n",
  "cmd/shop/main.go": `package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

var version = "unknown"

type request struct {
	ID     *int           \`json:"id"\`
	Method string         \`json:"method"\`
	Params map[string]any \`json:"params"\`
}

func answer(method string) (map[string]any, *map[string]any) {
	switch method {
	case "initialize":
		return map[string]any{"protocolVersion": "2025-06-18", "serverInfo": map[string]any{"name": "shop", "version": version}, "capabilities": map[string]any{"tools": map[string]any{}}}, nil
	case "ping":
		return map[string]any{}, nil
	case "tools/list":
		return map[string]any{"tools": []any{map[string]any{"name": "sell", "inputSchema": map[string]any{"type": "object"}}}}, nil
	case "tools/call":
		return nil, &map[string]any{"code": -32602, "message": "no such tool"}
	}
	return nil, &map[string]any{"code": -32601, "message": "no such method"}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "--version" {
		fmt.Println("shop " + version)
		return
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked request
		if json.Unmarshal(lines.Bytes(), &asked) != nil || asked.ID == nil {
			continue
		}
		said := map[string]any{"jsonrpc": "2.0", "id": *asked.ID}
		if result, wrong := answer(asked.Method); wrong != nil {
			said["error"] = *wrong
		} else {
			said["result"] = result
		}
		text, _ := json.Marshal(said)
		fmt.Println(string(text))
	}
}
`,
  "cmd/shop/main_test.go": `package main

import "testing"

func TestPing(t *testing.T) {
	if result, wrong := answer("ping"); wrong != nil || len(result) != 0 {
		t.Fatal(result, wrong)
	}
}

func BenchmarkPing(b *testing.B) {
	for range b.N {
		answer("ping")
	}
}
`,
};

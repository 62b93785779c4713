//go:build !unix

package warehouse

func openPipe(path string) (*pipe, error) { return filePipe(path) }

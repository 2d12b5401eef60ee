namespace StaticNet.Cuda;

/// <summary>What a call of the driver returns (<c>CUresult</c>): those that mean something to the library. The driver names the others.</summary>
internal enum CudaResult
{
    Success = 0,
    OutOfMemory = 2,
    NoDevice = 100,
    IllegalAddress = 700,
    LaunchFailed = 719,
}

namespace StaticNet;

/// <summary>Whether networks can run on an NVIDIA GPU of this machine.</summary>
public enum CudaState
{
    /// <summary>There is no NVIDIA driver.</summary>
    NoDriver,

    /// <summary>There is a driver, but no GPU that it can use.</summary>
    NoDevice,

    /// <summary>The driver or the GPU is older than what the library is compiled for.</summary>
    TooOld,

    /// <summary>They can.</summary>
    Ready,
}
